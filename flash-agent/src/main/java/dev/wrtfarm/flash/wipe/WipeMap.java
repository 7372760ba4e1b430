package dev.wrtfarm.flash.wipe;

import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.image.PartitionTable.Partition;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which stretches of a card have to be zeros beside the image.
 *
 * <ul>
 *   <li>Head and tail: partition tables, RAID and file system signatures, the GPT's copy.
 *   <li>The head of each old partition, for its signatures come alive again when a new partition
 *       begins at the same place.
 *   <li>Where OpenWrt looks for its overlay. For most images that is behind the image's last byte,
 *       and what an earlier system left there would be taken up as settings: a perfect copy of the
 *       image boots as the old system.
 * </ul>
 */
public final class WipeMap {
  static final long ENDS = 8L << 20;
  static final long PARTITION_HEAD = 1L << 20;

  /** Upstream's own upgrade zeroes 4 KiB; an ext4 or f2fs keeps all that it is known by in this. */
  public static final long OVERLAY = 1L << 20;

  private WipeMap() {}

  /**
   * Sorted, apart from each other, and outside the image.
   *
   * @param size of the card
   * @param old the partitions that are on it now
   */
  public static List<Region> regions(Wipe wipe, long size, List<Partition> old, ImageFacts image) {
    long end = size / Medium.BLOCK * Medium.BLOCK;
    long start = (image.rawSize() + Medium.BLOCK - 1) / Medium.BLOCK * Medium.BLOCK;
    Stretches stretches = new Stretches(start, end);
    if (wipe == Wipe.FULL) {
      stretches.add(0, end);
      return stretches.joined();
    }
    stretches.add(0, ENDS);
    stretches.add(end - ENDS, ENDS);
    for (Partition partition : old) {
      stretches.add(partition.offset(), PARTITION_HEAD);
    }
    if (image.overlayOffset() != null) {
      stretches.add(image.overlayOffset(), OVERLAY);
    }
    return stretches.joined();
  }

  /** Collects stretches, cut to what lies between two offsets. */
  private static final class Stretches {
    private final long from;
    private final long to;
    private final List<Region> all = new ArrayList<>();

    Stretches(long from, long to) {
      this.from = from;
      this.to = to;
    }

    /** Grown to whole blocks. */
    void add(long offset, long bytes) {
      long begin = Math.max(from, offset / Medium.BLOCK * Medium.BLOCK);
      long end = Math.min(to, (offset + bytes + Medium.BLOCK - 1) / Medium.BLOCK * Medium.BLOCK);
      if (begin < end) {
        all.add(new Region(begin, end - begin));
      }
    }

    List<Region> joined() {
      all.sort(Comparator.comparingLong(Region::offset));
      List<Region> joined = new ArrayList<>();
      for (Region next : all) {
        if (!joined.isEmpty() && next.offset() <= joined.getLast().end()) {
          Region last = joined.removeLast();
          joined.add(new Region(last.offset(), Math.max(last.end(), next.end()) - last.offset()));
        } else {
          joined.add(next);
        }
      }
      return List.copyOf(joined);
    }
  }
}
