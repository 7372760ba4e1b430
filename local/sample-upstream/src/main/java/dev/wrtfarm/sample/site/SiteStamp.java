package dev.wrtfarm.sample.site;

import dev.wrtfarm.sample.boot.BootParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the tree was made from.
 *
 * @param inputs digest of the sources
 */
record SiteStamp(Path site, Path file, String inputs) {
  /** How long a host that could not get the boot parts is left in peace. */
  private static final Duration NEXT_ATTEMPT = Duration.ofHours(1);

  static SiteStamp of(Path sources, Path target) throws IOException {
    String inputs =
        Digests.ofTrees(
            List.of(
                sources.resolve("imagebuilder"),
                sources.resolve("packages"),
                sources.resolve("boot"),
                sources.resolve("java/dev/wrtfarm/sample/boot"),
                sources.resolve("java/dev/wrtfarm/sample/site")));
    return new SiteStamp(target.resolve("site"), target.resolve("site.stamp"), inputs);
  }

  boolean isOf(BootParts parts) throws IOException {
    return Files.isDirectory(site)
        && Files.exists(file)
        && Files.readString(file).equals(text(parts));
  }

  /** Whether there is nothing to do, not even to ask for boot parts. */
  boolean isGoodFor(BootParts parts) throws IOException {
    return isOf(parts)
        && (parts instanceof BootParts.Found
            || Files.getLastModifiedTime(file)
                .toInstant()
                .isAfter(Instant.now().minus(NEXT_ATTEMPT)));
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  void write(BootParts parts) throws IOException {
    Files.writeString(file, text(parts));
  }

  private String text(BootParts parts) throws IOException {
    return inputs + " " + parts.identity();
  }
}
