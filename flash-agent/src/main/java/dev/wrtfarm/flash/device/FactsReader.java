package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.DeviceFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the kernel says of a whole block device. */
final class FactsReader {
  private static final int SECTOR = 512;

  private FactsReader() {}

  static DeviceFacts read(Block disk) {
    String bus = bus(disk);
    return new DeviceFacts(
        PortPath.of(disk),
        disk.node(),
        disk.number(),
        disk.value("diskseq"),
        disk.value("size") * SECTOR,
        bus,
        bus.equals("usb") ? usbReader(disk) : bus.equals("mmc") ? mmcReader(disk) : null,
        disk.text("device/cid"),
        disk.text("device/csd"),
        disk.text("queue/write_cache"),
        disk.value("ro") != 0);
  }

  /** The bus that counts: a SCSI disk behind a USB reader is {@code usb}. */
  static String bus(Block disk) {
    String path = disk.folder() + "/";
    if (disk.name().startsWith("loop")) {
      return "loop";
    }
    if (path.contains("/mmc_host/")) {
      return "mmc";
    }
    if (path.matches(".*/usb\\d+/.*")) {
      return "usb";
    }
    for (String other : List.of("nvme", "virtio", "ata", "virtual", "vmbus", "xen")) {
      if (path.matches(".*/" + other + "[^/]*/.*")) {
        return other;
      }
    }
    return "other";
  }

  /** {@code Generic STORAGE DEVICE (05e3:0749, serial 000000001536)} */
  private static @Nullable String usbReader(Block disk) {
    List<String> words = new ArrayList<>();
    add(words, disk.text("device/vendor"));
    add(words, disk.text("device/model"));
    for (Path up = disk.folder(); up != null; up = up.getParent()) {
      if (Files.exists(up.resolve("idVendor"))) {
        Block reader = new Block(disk.name(), up);
        String serial = reader.text("serial");
        words.add(
            "(%s:%s%s)"
                .formatted(
                    reader.text("idVendor", "?"),
                    reader.text("idProduct", "?"),
                    serial == null ? "" : ", serial " + serial));
        break;
      }
    }
    return words.isEmpty() ? null : String.join(" ", words);
  }

  /** The card speaks for itself here: {@code SD SC32G}. */
  private static @Nullable String mmcReader(Block disk) {
    List<String> words = new ArrayList<>();
    add(words, disk.text("device/type"));
    add(words, disk.text("device/name"));
    return words.isEmpty() ? null : String.join(" ", words);
  }

  private static void add(List<String> words, @Nullable String word) {
    if (word != null) {
      words.add(word.replaceAll("\\s+", " "));
    }
  }
}
