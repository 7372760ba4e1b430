package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.linux.CallFailed;
import dev.wrtfarm.flash.linux.OpenFile;
import dev.wrtfarm.flash.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Opens and locks a device's node, and says in words why that fails. */
final class Opening {
  /** udev looks at a new device for moments, and holds its lock meanwhile. */
  private static final Duration LOCK_WAIT = Duration.ofSeconds(5);

  private final Blocks blocks;
  private final OpenedBy opened;
  private final MountedOn mounted;

  Opening(HostRoots roots) {
    this.blocks = new Blocks(roots);
    this.opened = new OpenedBy(roots, blocks);
    this.mounted = new MountedOn(roots, blocks);
  }

  OpenFile open(DeviceFacts facts, OpenFlag access) throws DeviceRefused {
    OpenFile file;
    try {
      file = open(Path.of(facts.node()), facts.bus().equals("file"), access);
    } catch (CallFailed e) {
      throw e.error().equals("EBUSY") ? inUse(facts) : failed(facts, e);
    }
    try {
      lock(facts, file);
      return file;
    } catch (CallFailed e) {
      file.close();
      throw failed(facts, e);
    } catch (DeviceRefused e) {
      file.close();
      throw e;
    }
  }

  private static OpenFile open(Path node, boolean regularFile, OpenFlag access) throws CallFailed {
    return regularFile
        ? OpenFile.open(node, access, OpenFlag.DIRECT, OpenFlag.NO_FOLLOW)
        : OpenFile.open(node, access, OpenFlag.EXCLUSIVE, OpenFlag.DIRECT, OpenFlag.NO_FOLLOW);
  }

  private void lock(DeviceFacts facts, OpenFile file) throws CallFailed, DeviceRefused {
    long deadline = System.nanoTime() + LOCK_WAIT.toNanos();
    while (!file.lock()) {
      if (System.nanoTime() > deadline) {
        throw inUse(facts);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw inUse(facts);
      }
    }
  }

  private DeviceRefused inUse(DeviceFacts facts) {
    List<String> by =
        facts.bus().equals("file")
            ? opened.of(Path.of(facts.node())).stream().map(Object::toString).toList()
            : blocks.named(Path.of(facts.node()).getFileName().toString()).stream()
                .flatMap(block -> users(block).stream())
                .toList();
    return new DeviceRefused(
        RefusalReason.IN_USE,
        "%s is in use: %s. Nothing was written"
            .formatted(
                facts.node(),
                by.isEmpty()
                    ? "something that cannot be seen from here has it, such as a mount in a"
                        + " container or another user's program; find it with lsblk and fuser as"
                        + " root"
                    : String.join("; ", by) + "; end that first"));
  }

  private List<String> users(Block block) {
    List<String> mounts = mounted.inOtherNamespaces(block);
    return mounts.isEmpty() ? opened.of(block).stream().map(Object::toString).toList() : mounts;
  }

  private static String fileSystem(DeviceFacts facts) {
    if (!facts.bus().equals("file")) {
      return "";
    }
    try {
      return ", a file on " + Files.getFileStore(Path.of(facts.node())).type() + ",";
    } catch (IOException e) {
      return ", a file,";
    }
  }

  static DeviceRefused failed(DeviceFacts facts, CallFailed e) {
    String node = facts.node();
    return switch (e.error()) {
      case "EACCES", "EPERM" ->
          new DeviceRefused(
              RefusalReason.NO_ACCESS,
              node
                  + " may not be opened by this user; give it the node by a udev rule"
                  + " (deploy/flash-agent), or run as root");
      case "ELOOP" ->
          new DeviceRefused(
              RefusalReason.CHANGED,
              node + " is a symbolic link now. Nothing was written; look who made it");
      case "ENOMEDIUM", "ENXIO", "ENODEV", "ENOENT" ->
          new DeviceRefused(
              RefusalReason.NO_MEDIUM, "there is no card in %s; put one in".formatted(node));
      case "EROFS" ->
          new DeviceRefused(
              RefusalReason.READ_ONLY, node + " is read-only; look at the card's lock switch");
      case "EINVAL" ->
          new DeviceRefused(
              RefusalReason.KIND_NOT_ALLOWED,
              "%s%s cannot be read and written past the page cache (O_DIRECT), so nothing would"
                      .formatted(node, fileSystem(facts))
                  + " show what is really on it. Nothing was written; name a card, or for a test a"
                  + " file on a disk's file system, such as one in /var/tmp");
      default ->
          new DeviceRefused(
              RefusalReason.IN_USE,
              "%s could not be opened for itself alone and past the page cache: %s"
                  .formatted(node, e.getMessage()));
    };
  }
}
