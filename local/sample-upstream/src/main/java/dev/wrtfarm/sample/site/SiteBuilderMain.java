package dev.wrtfarm.sample.site;

import dev.wrtfarm.sample.boot.BootParts;
import dev.wrtfarm.sample.boot.BootPartsCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * {@code SOURCES TARGET CACHE}: makes TARGET/site from SOURCES ({@code src/main}), unless the tree
 * that is there was made from the same sources. The keys in TARGET/keys stay as long as the folder.
 * What makes an image boot is kept in CACHE; if it is neither there nor to be had, the tree has no
 * bootable target, and says so.
 */
public final class SiteBuilderMain {
  private SiteBuilderMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path sources = Path.of(args[0]).toAbsolutePath();
    Path target = Path.of(args[1]).toAbsolutePath();
    BootPartsCache cache =
        new BootPartsCache(Path.of(args[2]).toAbsolutePath(), HostCommand.SEARCH_PATH);
    SiteStamp stamp = SiteStamp.of(sources, target);
    BootParts parts = cache.look();
    if (stamp.isGoodFor(parts)) {
      return;
    }
    if (parts instanceof BootParts.Missing) {
      parts = cache.fetch();
    }
    if (parts instanceof BootParts.Missing missing) {
      System.err.println(
          "The sample upstream gets no bootable target, since Debian's kernel and boot loader"
              + " are neither in the cache nor to be had: "
              + missing.reason());
    }
    if (!stamp.isOf(parts)) {
      build(sources, target, stamp, parts);
    }
    stamp.write(parts);
  }

  private static void build(Path sources, Path target, SiteStamp stamp, BootParts parts)
      throws IOException, InterruptedException {
    HostTools.require();
    stamp.remove();
    Path site = target.resolve("site");
    Path work = Files.createDirectories(target).resolve("site.work");
    Path made = target.resolve("site.new");
    delete(work);
    delete(made);
    Files.createDirectories(work);
    Files.createDirectories(made);
    new SiteBuilder(sources, target.resolve("keys"), made, work, parts).build();
    delete(site);
    Files.move(made, site);
    delete(work);
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
