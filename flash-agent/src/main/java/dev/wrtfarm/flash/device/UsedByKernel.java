package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.RefusalReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Swap, mapped devices and RAIDs, and loop devices on top: what is no mount and yet in use. */
final class UsedByKernel {
  private final HostRoots roots;
  private final Blocks blocks;

  UsedByKernel(HostRoots roots, Blocks blocks) {
    this.roots = roots;
    this.blocks = blocks;
  }

  Optional<Refusal> swap(Block disk) throws IOException {
    List<String> lines =
        Files.readAllLines(roots.proc().resolve("swaps"), StandardCharsets.ISO_8859_1);
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String path = Mounts.unescape(line.split("\\s+")[0]);
      if (!path.startsWith("/dev/")) {
        // A file; its file system is mounted.
        continue;
      }
      Optional<Chain> chain = blocks.at(path).flatMap(b -> Chain.find(blocks, b, disk));
      if (chain.isPresent()) {
        return Optional.of(
            new Refusal(
                RefusalReason.SWAP,
                "%s is swap space in use; stop using it first: swapoff %s"
                    .formatted(chain.get(), path)));
      }
    }
    return Optional.empty();
  }

  Optional<Refusal> holders(Block disk) {
    List<Block> parts = new ArrayList<>(List.of(disk));
    parts.addAll(disk.partitions());
    for (Block part : parts) {
      for (String holder : part.list("holders")) {
        Block above = blocks.named(holder).orElse(new Block(holder, disk.folder()));
        return Optional.of(
            new Refusal(
                RefusalReason.HELD,
                "%s is part of %s; %s"
                    .formatted(part.node(), Chain.told(above), howToRelease(holder))));
      }
    }
    return Optional.empty();
  }

  /** O_EXCL does not see these, and a loop device writes through its file without asking. */
  Optional<Refusal> stackedLoops(Block disk) {
    for (Block loop : blocks.disks()) {
      String backing = loop.text("loop/backing_file");
      if (backing == null || !backing.startsWith("/dev/") || loop.name().equals(disk.name())) {
        continue;
      }
      Optional<Chain> chain = blocks.at(backing).flatMap(b -> Chain.find(blocks, b, disk));
      if (chain.isPresent()) {
        return Optional.of(stacked(loop, chain.get().toString()));
      }
    }
    return Optional.empty();
  }

  /** Loop devices on a regular file. */
  Optional<Refusal> loopsOn(String file) {
    for (Block loop : blocks.disks()) {
      if (file.equals(loop.text("loop/backing_file"))) {
        return Optional.of(stacked(loop, file));
      }
    }
    return Optional.empty();
  }

  private static Refusal stacked(Block loop, String on) {
    return new Refusal(
        RefusalReason.STACKED_LOOP,
        "the loop device %s is on %s; detach it first: losetup -d %s"
            .formatted(loop.node(), on, loop.node()));
  }

  private static String howToRelease(String holder) {
    if (holder.startsWith("md")) {
      return "stop the RAID first: mdadm --stop /dev/" + holder;
    }
    if (holder.startsWith("dm-")) {
      return "take that down first: vgchange -an for a volume group, cryptsetup close for an"
          + " encrypted disk";
    }
    return "take that down first";
  }
}
