package dev.wrtfarm.worker.fetch;

import dev.wrtfarm.common.value.Sha256;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Upstream's {@code sha256sums} of one target: lines of digest, star and relative path. */
record Sha256Sums(Map<String, Sha256> byPath) {
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](\\S+)");
  // Names differ between releases, so the archive is found, never computed.
  private static final Pattern ARCHIVE =
      Pattern.compile("[A-Za-z0-9._+-]*imagebuilder-[A-Za-z0-9._+-]*x86_64\\.tar\\.(xz|zst|bz2)");

  static Sha256Sums parse(String text) {
    Map<String, Sha256> found = new HashMap<>();
    text.lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> found.put(line.group(2), new Sha256(line.group(1))));
    return new Sha256Sums(Map.copyOf(found));
  }

  Optional<Sha256> of(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /** The Image Builder's archive for this kind of host. */
  Optional<String> archive() {
    return byPath.keySet().stream().filter(ARCHIVE.asMatchPredicate()).sorted().findFirst();
  }
}
