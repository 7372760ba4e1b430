package dev.wrtfarm.flash.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code /proc/PID/mountinfo}. */
final class Mounts {
  private Mounts() {}

  /**
   * @param number of the device; {@code 0:N} for file systems that span several, such as btrfs
   * @param source what was mounted, as somebody wrote it
   */
  record Mount(String number, String point, String type, String source) {}

  static List<Mount> read(Path mountinfo) throws IOException {
    List<Mount> mounts = new ArrayList<>();
    for (String line : Files.readAllLines(mountinfo, StandardCharsets.ISO_8859_1)) {
      // 36 35 98:0 /root /point rw,noatime master:1 - ext3 /dev/source rw
      String[] fields = line.split(" ");
      int dash = 6;
      while (dash < fields.length && !fields[dash].equals("-")) {
        dash++;
      }
      if (dash + 2 < fields.length) {
        mounts.add(
            new Mount(
                fields[2], unescape(fields[4]), fields[dash + 1], unescape(fields[dash + 2])));
      }
    }
    return mounts;
  }

  /** The kernel writes spaces and the like as {@code \040}. */
  static String unescape(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && i + 3 < field.length()) {
        text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        text.append(field.charAt(i));
      }
    }
    return text.toString();
  }
}
