package dev.wrtfarm.worker.prepare;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The feeds of a tree, in either dialect: {@code repositories.conf} of opkg ({@code src/gz name
 * url}) or {@code repositories} of apk (one URL of an index per line).
 *
 * @param text with every HTTP feed at {@code <local>/<number>}
 * @param bases the feeds' own bases by number, without a slash at the end
 */
record Repositories(String text, List<URI> bases) {
  private static final Pattern OPKG =
      Pattern.compile("(src(?:/gz)?\\s+\\S+\\s+)(https?://\\S+)(.*)");
  private static final Pattern APK =
      Pattern.compile("(\\s*(?:@\\S+\\s+)?)(https?://\\S+)/([^/\\s]+)(\\s*)");

  static Repositories ofOpkg(String text, String local) {
    List<URI> bases = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher feed = OPKG.matcher(line);
      lines.add(
          feed.matches()
              ? feed.group(1) + number(bases, feed.group(2), local) + feed.group(3)
              : line);
    }
    return new Repositories(String.join("\n", lines) + "\n", List.copyOf(bases));
  }

  static Repositories ofApk(String text, String local) {
    List<URI> bases = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher feed = APK.matcher(line);
      lines.add(
          feed.matches()
              ? feed.group(1) + number(bases, feed.group(2), local) + "/" + feed.group(3)
              : line);
    }
    return new Repositories(String.join("\n", lines) + "\n", List.copyOf(bases));
  }

  private static String number(List<URI> bases, String url, String local) {
    bases.add(URI.create(url.replaceAll("/+$", "")));
    return local + "/" + (bases.size() - 1);
  }
}
