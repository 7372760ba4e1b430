package dev.wrtfarm.api.build;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which of a build's files a card takes, and which of those nobody needs to name. */
final class CardImages {
  /** A file that is a disk from its first byte to its last, packed or not. */
  private static final Pattern DISK = Pattern.compile(".+\\.img(\\.(gz|zst|xz))?");

  /** Parts of a disk, whatever their names end in. */
  private static final Set<String> PARTS = Set.of("rootfs", "kernel", "initramfs");

  /** Made for a card that is to be written from its first byte on. */
  private static final Set<String> WHOLE = Set.of("sdcard", "factory", "combined");

  private CardImages() {}

  static boolean isDisk(Artifact artifact) {
    return DISK.matcher(artifact.name).matches();
  }

  /**
   * Those between which somebody has to choose; one, if what is usual decides it. Squashfs comes
   * before other file systems: it is what OpenWrt's reset to the defaults needs.
   */
  static List<Artifact> usual(List<Artifact> images) {
    List<Artifact> disks =
        images.stream().filter(CardImages::isDisk).filter(each -> !isPart(each)).toList();
    List<Artifact> squashfs = preferred(disks, each -> "squashfs".equals(each.filesystem));
    return preferred(squashfs, each -> each.type != null && WHOLE.contains(each.type));
  }

  private static boolean isPart(Artifact artifact) {
    return artifact.type != null && PARTS.contains(artifact.type);
  }

  private static List<Artifact> preferred(List<Artifact> all, Predicate<Artifact> wanted) {
    List<Artifact> some = all.stream().filter(wanted).toList();
    return some.isEmpty() ? all : some;
  }
}
