package dev.wrtfarm.worker.prepare;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The tree's {@code .config}: which root file systems {@code make image} makes. */
final class DotConfig {
  private static final Pattern ROOT_FILE_SYSTEM =
      Pattern.compile("CONFIG_TARGET_ROOTFS_(SQUASHFS|EXT4FS|UBIFS|JFFS2|JFFS2_NAND|EROFS)=y");

  private DotConfig() {}

  /** Leaves only the chosen ones on; none chosen leaves all. It never turns one on. */
  static String choose(String config, List<String> filesystems) {
    if (filesystems.isEmpty()) {
      return config;
    }
    return ROOT_FILE_SYSTEM
        .matcher(config)
        .replaceAll(each ->
            filesystems.contains(name(each.group(1)))
                ? each.group()
                : "# CONFIG_TARGET_ROOTFS_" + each.group(1) + " is not set");
  }

  private static String name(String option) {
    return option.equals("EXT4FS") ? "ext4" : option.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
