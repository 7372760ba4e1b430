package dev.wrtfarm.flash.image;

import dev.wrtfarm.flash.image.PartitionTable.Partition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds where OpenWrt would look for its overlay, while an image streams by: in the partition that
 * holds the read-only root file system, behind it, at the next multiple of 64 KiB. What lies there
 * on an old card is taken up by the new system as its settings.
 */
final class OverlayFinder {
  private static final long ALIGN = 64 * 1024;

  private final Probe table = new Probe(0, PartitionTable.HEAD);
  private List<Probe> partitions = List.of();
  private boolean looked;

  /** The next bytes of the image, in order. */
  void take(byte[] bytes, int from, int length, long offset) {
    table.take(bytes, from, length, offset);
    if (!looked && offset + length >= PartitionTable.HEAD) {
      lookAtTable();
    }
    for (Probe partition : partitions) {
      partition.take(bytes, from, length, offset);
    }
  }

  OptionalLong overlay() {
    if (!looked) {
      lookAtTable();
    }
    for (Probe partition : partitions) {
      OptionalLong root = RootFileSystem.bytes(partition.found());
      if (root.isPresent()) {
        long end = (root.getAsLong() + ALIGN - 1) / ALIGN * ALIGN;
        return OptionalLong.of(partition.offset + end);
      }
    }
    return OptionalLong.empty();
  }

  private void lookAtTable() {
    looked = true;
    byte[] head = table.found();
    List<Probe> probes = new ArrayList<>();
    for (Partition partition : PartitionTable.read(head)) {
      Probe probe = new Probe(partition.offset(), RootFileSystem.HEAD);
      probe.take(head, 0, head.length, 0);
      probes.add(probe);
    }
    partitions = probes;
  }

  /** Keeps one short stretch of the image. */
  private static final class Probe {
    final long offset;
    final byte[] bytes;
    int filled;

    Probe(long offset, int length) {
      this.offset = offset;
      this.bytes = new byte[length];
    }

    void take(byte[] from, int start, int length, long at) {
      long next = offset + filled;
      if (filled < bytes.length && next >= at && next < at + length) {
        int skip = (int) (next - at);
        int count = Math.min(length - skip, bytes.length - filled);
        System.arraycopy(from, start + skip, bytes, filled, count);
        filled += count;
      }
    }

    byte[] found() {
      return Arrays.copyOf(bytes, filled);
    }
  }
}
