package dev.wrtfarm.sample.site;

import dev.wrtfarm.sample.server.Faults;
import dev.wrtfarm.sample.server.RequestLog;
import dev.wrtfarm.sample.server.UpstreamServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes one target's Image Builder, runs it for each device, and sums and signs the folder. */
final class TargetFolder {
  private final Path site;
  private final Path work;
  private final ImageBuilderTree builder;
  private final Usign usign;

  TargetFolder(Path site, Path work, ImageBuilderTree builder, Usign usign) {
    this.site = site;
    this.work = work;
    this.builder = builder;
    this.usign = usign;
  }

  void write(Release release, Target target, PackageFormat format, List<BuiltPackage> packages)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(site.resolve(target.path(release)));
    String name = SiteLayout.imageBuilder(release, target);
    Path tree = Files.createDirectories(work.resolve(name));
    builder.write(tree, release, target, format, packages);
    pack(tree, folder.resolve(name + ".tar.zst"), release.epoch());
    images(tree, folder, release, target, format);
    Files.writeString(folder.resolve("version.buildinfo"), release.code() + "\n");
    Files.writeString(folder.resolve("feeds.buildinfo"), "# the sample has no source feeds\n");
    Files.copy(tree.resolve(".config"), folder.resolve("config.buildinfo"));
    String sums = Digests.sha256sums(folder);
    Files.writeString(folder.resolve("sha256sums"), sums);
    byte[] bytes = Files.readAllBytes(folder.resolve("sha256sums"));
    Files.writeString(folder.resolve("sha256sums.sig"), usign.signatureFile(bytes));
  }

  private void pack(Path tree, Path archive, long epoch) throws IOException, InterruptedException {
    HostCommand.run(
        work,
        work.resolve(tree.getFileName() + ".pack.log"),
        Map.of(),
        "tar",
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--mode=u=rwX,go=rX",
        "--mtime=@" + epoch,
        "--use-compress-program=zstd -q -12",
        "-cf",
        archive.toString(),
        tree.getFileName().toString());
  }

  /** By the Image Builder itself: what upstream lists is what upstream's own builder made. */
  private void images(Path tree, Path folder, Release release, Target target, PackageFormat format)
      throws IOException, InterruptedException {
    try (UpstreamServer server = UpstreamServer.start(site, 0, Faults.none(), RequestLog.off())) {
      format.writeRepositories(tree, ImageBuilderTree.feeds(release, target, server.url()));
      for (Target.Device device : target.devices()) {
        HostCommand.run(
            tree,
            work.resolve(tree.getFileName() + "." + device.name() + ".log"),
            Map.of("LC_ALL", "C.UTF-8"),
            "make",
            "image",
            "PROFILE=" + device.name(),
            "BIN_DIR=" + folder);
      }
    }
  }
}
