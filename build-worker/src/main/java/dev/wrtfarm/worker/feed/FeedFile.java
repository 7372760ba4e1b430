package dev.wrtfarm.worker.feed;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path that the sandbox asks for: {@code /r/<feed>/<file>}. Only what lies below a feed of the
 * attempt has a URI; the proxy is no open door.
 */
record FeedFile(String name, URI uri) {
  static final String PREFIX = "/r";
  private static final Pattern PATH =
      Pattern.compile("/r/(\\d{1,3})((?:/[A-Za-z0-9._~+%:@=,-]{1,300}){1,10})");
  private static final Pattern PACKAGE = Pattern.compile(".+\\.(ipk|apk)");
  private static final Pattern INDEX =
      Pattern.compile("Packages(\\.(gz|xz|zst|sig))?|packages\\.adb");

  static Optional<FeedFile> of(String path, List<URI> bases) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int feed = Integer.parseInt(matcher.group(1));
    String decoded = decoded(matcher.group(2));
    if (feed >= bases.size() || leaves(decoded)) {
      return Optional.empty();
    }
    String name = decoded.substring(decoded.lastIndexOf('/') + 1);
    return Optional.of(new FeedFile(name, URI.create(bases.get(feed) + matcher.group(2))));
  }

  static boolean isPackage(String name) {
    return PACKAGE.matcher(name).matches();
  }

  static boolean isIndex(String name) {
    return INDEX.matcher(name).matches();
  }

  private static boolean leaves(String decoded) {
    return List.of(decoded.split("/", -1)).contains("..")
        || decoded.contains("\\")
        || decoded.chars().anyMatch(c -> c < 0x20);
  }

  /** A plus is a plus in a path; a broken escape stays as it is and is refused. */
  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "..";
    }
  }
}
