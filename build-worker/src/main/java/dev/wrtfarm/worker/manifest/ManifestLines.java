package dev.wrtfarm.worker.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code make manifest} prints: {@code name - version}, or {@code name version} of early apk
 * snapshots.
 */
final class ManifestLines {
  private static final Pattern LINE =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._+-]*) (?:- ([^\\s]+)|([0-9][^\\s]*))");

  record Line(String name, String version) {}

  private ManifestLines() {}

  static List<Line> parse(String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line.strip());
      if (matcher.matches()) {
        String dashed = matcher.group(2);
        lines.add(new Line(matcher.group(1), dashed == null ? matcher.group(3) : dashed));
      }
    }
    return lines;
  }
}
