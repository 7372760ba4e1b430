package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks into slots: which device is there now, and whether it may be written to. Opens nothing. */
public final class Slots {
  private static final String LOOP = "loop:";

  private final Blocks blocks;
  private final DeviceChecks checks;

  public Slots(HostRoots roots, DeviceRules rules) {
    this.blocks = new Blocks(roots);
    this.checks = new DeviceChecks(roots, blocks, rules);
  }

  public SlotLook look(SlotConfig slot) {
    if (slot.port().startsWith(FileCard.PORT)) {
      return file(slot, Path.of(slot.port().substring(FileCard.PORT.length())));
    }
    if (slot.port().startsWith(LOOP)) {
      return loop(slot, slot.port().substring(LOOP.length()));
    }
    List<Block> there =
        blocks.disks().stream().filter(disk -> PortPath.of(disk).equals(slot.port())).toList();
    return switch (there.size()) {
      case 0 -> nothing(slot, noReader(slot));
      case 1 -> device(slot, there.getFirst());
      default ->
          nothing(
              slot,
              "the port %s of slot %s leads to several devices: %s; name one of its ports"
                  .formatted(slot.port(), slot.name(), there.stream().map(Block::node).toList()));
    };
  }

  /** The device that a person named by its node; its slot gets the device's port. */
  public SlotLook lookAt(String name, Path device) {
    Optional<Block> block = blocks.at(device.toAbsolutePath().toString());
    if (block.isPresent()) {
      return device(new SlotConfig(name, PortPath.of(block.get())), block.get());
    }
    if (Files.isRegularFile(device)) {
      Path file = device.toAbsolutePath().normalize();
      return file(new SlotConfig(name, FileCard.PORT + file), file);
    }
    SlotConfig slot = new SlotConfig(name, device.toString());
    return Files.exists(device)
        ? refused(
            slot,
            RefusalReason.NOT_A_BLOCK_DEVICE,
            device + " is no block device; name the reader's disk, such as /dev/sdb")
        : nothing(slot, "there is no " + device + "; put the card in, or look with lsblk");
  }

  /** All that is plugged in and could be a slot, for whoever writes the configuration. */
  public List<SlotLook> readers() {
    return blocks.disks().stream()
        .filter(disk -> isReader(disk))
        .map(disk -> device(new SlotConfig(disk.name(), PortPath.of(disk)), disk))
        .toList();
  }

  private SlotLook loop(SlotConfig slot, String node) {
    Optional<Block> block = blocks.at(node);
    if (block.isEmpty()) {
      return nothing(slot, "there is no " + node + "; make it: losetup -f --show FILE");
    }
    if (!node.equals(block.get().node()) || !block.get().name().matches("loop\\d+")) {
      return refused(
          slot,
          RefusalReason.NOT_A_BLOCK_DEVICE,
          "the port %s of slot %s leads to %s; name a loop device itself, such as loop:/dev/loop7"
              .formatted(slot.port(), slot.name(), block.get().node()));
    }
    return device(slot, block.get());
  }

  private SlotLook device(SlotConfig slot, Block block) {
    DeviceFacts facts = FactsReader.read(block);
    return new SlotLook(slot, facts, checks.refusal(block, facts).orElse(null));
  }

  private SlotLook file(SlotConfig slot, Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return nothing(slot, "there is no " + file + "; make it: truncate -s 512M " + file);
    }
    try {
      if (!file.isAbsolute() || !file.equals(file.toRealPath()) || !Files.isRegularFile(file)) {
        return refused(
            slot,
            RefusalReason.NOT_A_BLOCK_DEVICE,
            file + " is no plain path of a regular file; name the file itself from the root");
      }
      DeviceFacts facts = FileCard.facts(file);
      return new SlotLook(slot, facts, checks.refusal(file, facts).orElse(null));
    } catch (IOException e) {
      return nothing(slot, "%s cannot be looked at: %s".formatted(file, e));
    }
  }

  private String noReader(SlotConfig slot) {
    List<String> ports =
        blocks.disks().stream().filter(Slots::isReader).map(PortPath::of).sorted().toList();
    return "nothing is at the port %s of slot %s: put the card in, or plug the reader in; %s"
        .formatted(
            slot.port(),
            slot.name(),
            ports.isEmpty()
                ? "this host has no reader now"
                : "ports with a device now: " + String.join(", ", ports));
  }

  private static boolean isReader(Block disk) {
    String bus = FactsReader.bus(disk);
    return bus.equals("usb") || bus.equals("mmc");
  }

  private static SlotLook nothing(SlotConfig slot, String message) {
    return refused(slot, RefusalReason.NO_DEVICE, message);
  }

  private static SlotLook refused(SlotConfig slot, RefusalReason reason, String message) {
    return new SlotLook(slot, null, new Refusal(reason, message));
  }
}
