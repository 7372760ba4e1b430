package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code SOURCES TARGET}: makes TARGET/site from SOURCES ({@code src/main}), unless the tree that
 * is there was made from the same sources. The keys in TARGET/keys stay as long as the folder.
 */
public final class SiteBuilderMain {
  private SiteBuilderMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path sources = Path.of(args[0]).toAbsolutePath();
    Path target = Path.of(args[1]).toAbsolutePath();
    Path site = target.resolve("site");
    Path stamp = target.resolve("site.stamp");
    String inputs =
        Digests.ofTrees(
            List.of(
                sources.resolve("imagebuilder"),
                sources.resolve("packages"),
                sources.resolve("java/dev/wrtfarm/sample/site")));
    if (Files.isDirectory(site) && Files.exists(stamp) && Files.readString(stamp).equals(inputs)) {
      return;
    }
    HostTools.require();
    Files.deleteIfExists(stamp);
    Path work = Files.createDirectories(target).resolve("site.work");
    Path made = target.resolve("site.new");
    delete(work);
    delete(made);
    Files.createDirectories(work);
    Files.createDirectories(made);
    new SiteBuilder(sources, target.resolve("keys"), made, work).build();
    delete(site);
    Files.move(made, site);
    delete(work);
    Files.writeString(stamp, inputs);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
