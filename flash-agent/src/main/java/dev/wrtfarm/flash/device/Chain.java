package dev.wrtfarm.flash.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How something that is in use lies on a disk: a volume on a partition on the disk.
 *
 * @param steps from the used device down to the disk, both included
 */
record Chain(List<Block> steps) {
  static Optional<Chain> find(Blocks blocks, Block used, Block disk) {
    List<Block> steps = new ArrayList<>();
    return descend(blocks, used, disk, steps, new HashSet<>())
        ? Optional.of(new Chain(List.copyOf(steps)))
        : Optional.empty();
  }

  private static boolean descend(
      Blocks blocks, Block from, Block disk, List<Block> steps, Set<String> seen) {
    if (!seen.add(from.name())) {
      return false;
    }
    steps.add(from);
    if (from.name().equals(disk.name())) {
      return true;
    }
    for (Block under : blocks.under(from)) {
      if (descend(blocks, under, disk, steps, seen)) {
        return true;
      }
    }
    steps.removeLast();
    return false;
  }

  /** {@code /dev/dm-0 (vg-root) on /dev/sda3}; the disk itself goes without saying. */
  @Override
  public String toString() {
    List<Block> told = steps.size() > 1 ? steps.subList(0, steps.size() - 1) : steps;
    return String.join(" on ", told.stream().map(Chain::told).toList());
  }

  static String told(Block block) {
    String name = block.text("dm/name");
    return name == null ? block.node() : block.node() + " (" + name + ")";
  }
}
