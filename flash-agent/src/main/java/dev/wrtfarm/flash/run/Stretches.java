package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Regions put in order: none overlaps another. */
final class Stretches {
  private Stretches() {}

  /** Sorted and joined, and cut to what lies between two offsets. */
  static List<Region> joined(List<Region> regions, long from, long to) {
    List<Region> joined = new ArrayList<>();
    long begin = -1;
    long end = -1;
    for (Region region :
        regions.stream().sorted(Comparator.comparingLong(Region::offset)).toList()) {
      long offset = Math.max(region.offset(), from);
      long until = Math.min(region.end(), to);
      if (offset >= until) {
        continue;
      }
      if (begin >= 0 && offset <= end) {
        end = Math.max(end, until);
        continue;
      }
      if (begin >= 0) {
        joined.add(new Region(begin, end - begin));
      }
      begin = offset;
      end = until;
    }
    if (begin >= 0) {
      joined.add(new Region(begin, end - begin));
    }
    return List.copyOf(joined);
  }

  /** Without these blocks, given by their numbers. */
  static List<Region> without(List<Region> regions, long[] blocks) {
    long[] sorted = blocks.clone();
    Arrays.sort(sorted);
    List<Region> left = new ArrayList<>();
    for (Region region : regions) {
      long begin = region.offset();
      for (long block : sorted) {
        long offset = block * Medium.BLOCK;
        if (offset < begin || offset >= region.end()) {
          continue;
        }
        if (offset > begin) {
          left.add(new Region(begin, offset - begin));
        }
        begin = offset + Medium.BLOCK;
      }
      if (begin < region.end()) {
        left.add(new Region(begin, region.end() - begin));
      }
    }
    return List.copyOf(left);
  }

  static long bytes(List<Region> regions) {
    return regions.stream().mapToLong(Region::bytes).sum();
  }
}
