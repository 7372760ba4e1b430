package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import java.util.Map;
import java.util.Optional;

/** Whether a device is a card in a reader at all; whatever is not known to be one is refused. */
final class KindOfDevice {
  private static final Map<String, String> OTHERS =
      Map.of(
          "nvme", "an NVMe disk",
          "dm-", "a mapped device (LVM, encryption)",
          "md", "a RAID",
          "vd", "a virtual disk of this machine",
          "xvd", "a virtual disk of this machine",
          "nbd", "a network block device",
          "zram", "compressed memory",
          "ram", "memory",
          "sr", "an optical drive");

  private final Blocks blocks;
  private final DeviceRules rules;

  KindOfDevice(Blocks blocks, DeviceRules rules) {
    this.blocks = blocks;
    this.rules = rules;
  }

  Optional<Refusal> refusal(Block disk, DeviceFacts facts) {
    String name = disk.name();
    if (name.matches("mmcblk\\d+(boot\\d+|rpmb|gp\\d+)")) {
      return refuse(
          RefusalReason.EMMC, disk, "is a boot or special area of soldered eMMC, and is no card");
    }
    if (disk.value("hidden") != 0) {
      return refuse(RefusalReason.HIDDEN, disk, "is hidden by the kernel: part of another device");
    }
    if (name.startsWith("loop")) {
      return loop(disk);
    }
    if (name.matches("mmcblk\\d+")) {
      return mmc(disk);
    }
    if (name.matches("sd[a-z]+") && facts.bus().equals("usb")) {
      return Optional.empty();
    }
    if (name.matches("sd[a-z]+")) {
      return refuse(
          RefusalReason.KIND_NOT_ALLOWED,
          disk,
          "is a disk on the bus '%s', and is no card in a USB reader".formatted(facts.bus()));
    }
    String kind =
        OTHERS.entrySet().stream()
            .filter(other -> name.startsWith(other.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("of a kind that is not known to be a card");
    return refuse(RefusalReason.KIND_NOT_ALLOWED, disk, "is " + kind + ", and is no card");
  }

  private Optional<Refusal> mmc(Block disk) {
    String type = disk.text("device/type", "unknown");
    if (type.equals("SD")) {
      return Optional.empty();
    }
    return type.equals("MMC")
        ? refuse(RefusalReason.EMMC, disk, "is an MMC, which is soldered to this host as a rule")
        : refuse(
            RefusalReason.KIND_NOT_ALLOWED, disk, "is of the type '" + type + "', and is no card");
  }

  private Optional<Refusal> loop(Block disk) {
    if (!rules.testHost()) {
      return refuse(
          RefusalReason.LOOP_NOT_ALLOWED,
          disk,
          "is a loop device, and those are written to on a test host only (test-host=true, or --test-host)");
    }
    for (Block under : blocks.under(disk)) {
      return refuse(
          RefusalReason.KIND_NOT_ALLOWED,
          disk,
          "is a loop device on the block device " + under.node() + ", and is no test card");
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refuse(RefusalReason reason, Block disk, String what) {
    return Optional.of(
        new Refusal(
            reason, disk.node() + " " + what + ". It is never written to; choose another slot"));
  }
}
