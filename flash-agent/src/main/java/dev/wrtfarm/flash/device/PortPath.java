package dev.wrtfarm.flash.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The path of a reader's port, as udev's {@code ID_PATH} names it: from the bus of the host to the
 * reader's slot. It is made from sysfs alone, so it is there without udev, and no link in {@code
 * /dev} that somebody changed can lead to another device.
 */
final class PortPath {
  private static final Pattern PCI = Pattern.compile("[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
  private static final Pattern PCI_ROOT = Pattern.compile("pci[0-9a-f]{4}:[0-9a-f]{2}");
  private static final Pattern USB_ROOT = Pattern.compile("usb\\d+");
  private static final Pattern USB = Pattern.compile("\\d+-([\\d.]+:\\d+\\.\\d+)");
  private static final Pattern SCSI = Pattern.compile("(\\d+):(\\d+):(\\d+):(\\d+)");
  private static final Pattern BOOT_AREA = Pattern.compile("mmcblk\\d+(boot\\d+|rpmb|gp\\d+)");

  private PortPath() {}

  /** Of a whole disk. */
  static String of(Block disk) {
    if (disk.name().startsWith("loop")) {
      return "loop:" + disk.node();
    }
    List<String> parts = new ArrayList<>();
    Path folder = disk.folder();
    boolean controller = false;
    for (; folder != null && folder.getFileName() != null; folder = folder.getParent()) {
      String name = folder.getFileName().toString();
      if (name.equals("devices")) {
        break;
      }
      Matcher scsi = SCSI.matcher(name);
      Matcher usb = USB.matcher(name);
      if (scsi.matches()) {
        parts.add(scsiAddress(scsi, folder));
      } else if (usb.matches()) {
        parts.add("usb-0:" + usb.group(1));
      } else if (PCI.matcher(name).matches() && !controller) {
        parts.add("pci-" + name);
        controller = true;
      }
      platform(name, folder).ifPresent(parts::add);
    }
    Collections.reverse(parts);
    Matcher area = BOOT_AREA.matcher(disk.name());
    if (area.matches()) {
      parts.add(area.group(1));
    }
    return parts.isEmpty() ? "virtual-" + disk.name() : String.join("-", parts);
  }

  /** A controller that is on no PCI bus stands right above what it controls. */
  private static Optional<String> platform(String name, Path folder) {
    boolean controlled =
        name.equals("mmc_host")
            || USB_ROOT.matcher(name).matches()
            || PCI_ROOT.matcher(name).matches();
    Path above = folder.getParent();
    if (!controlled || above == null || above.getFileName() == null) {
      return Optional.empty();
    }
    String parent = above.getFileName().toString();
    return parent.equals("devices") || PCI.matcher(parent).matches()
        ? Optional.empty()
        : Optional.of("platform-" + parent);
  }

  /** Host numbers grow with each attach; only their order at one reader stays. */
  private static String scsiAddress(Matcher scsi, Path folder) {
    int host = Integer.parseInt(scsi.group(1));
    int first = host;
    Path hostFolder = folder;
    while (hostFolder != null && !hostFolder.endsWith("host" + host)) {
      hostFolder = hostFolder.getParent();
    }
    if (hostFolder != null && hostFolder.getParent() != null) {
      try (Stream<Path> hosts = Files.list(hostFolder.getParent())) {
        first =
            hosts
                .map(path -> path.getFileName().toString())
                .filter(name -> name.matches("host\\d+"))
                .mapToInt(name -> Integer.parseInt(name.substring(4)))
                .min()
                .orElse(host);
      } catch (IOException e) {
        first = host;
      }
    }
    return "scsi-%d:%s:%s:%s".formatted(host - first, scsi.group(2), scsi.group(3), scsi.group(4));
  }
}
