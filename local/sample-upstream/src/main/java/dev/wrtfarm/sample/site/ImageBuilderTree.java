package dev.wrtfarm.sample.site;

import dev.wrtfarm.sample.boot.BootParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts an Image Builder's folder together. */
final class ImageBuilderTree {
  /** The packages that an Image Builder brings along, by package manager. */
  private static final Map<Release.Manager, List<String>> LOCAL_PACKAGES =
      Map.of(
          Release.Manager.OPKG, List.of("libc", "kernel"),
          Release.Manager.APK, List.of("base-files", "libc", "kernel"));

  private final Path sources;
  private final Catalogue catalogue;
  private final BootParts bootParts;

  /**
   * @param sources {@code src/main}
   */
  ImageBuilderTree(Path sources, Catalogue catalogue, BootParts bootParts) {
    this.sources = sources;
    this.catalogue = catalogue;
    this.bootParts = bootParts;
  }

  void write(
      Path tree, Release release, Target target, PackageFormat format, List<BuiltPackage> packages)
      throws IOException {
    Variables variables = Variables.of(release, target);
    for (String part : List.of("common", release.manager().word())) {
      copy(sources.resolve("imagebuilder").resolve(part), tree, variables);
    }
    Files.writeString(tree.resolve("settings.mk"), settings(release, target));
    Files.writeString(tree.resolve(".config"), config(release, target));
    Files.writeString(
        tree.resolve(".targetinfo.json"), TargetInfo.json(catalogue, release, target));
    format.writeRepositories(tree, feeds(release, target, SiteLayout.CANONICAL_URL));
    Path local = Files.createDirectories(tree.resolve("packages"));
    for (BuiltPackage pkg : packages) {
      if (LOCAL_PACKAGES.getOrDefault(release.manager(), List.of()).contains(pkg.spec().name())) {
        Files.write(local.resolve(pkg.fileName()), pkg.bytes());
      }
    }
    String kernel =
        "build_dir/target-%s_musl/linux-%s_%s"
            .formatted(target.arch(), target.board(), target.subtarget());
    Path kernelFolder = Files.createDirectories(tree.resolve(kernel));
    writeKernel(kernelFolder, release, target);
    Files.createDirectories(tree.resolve("staging_dir/host/bin"));
  }

  private void writeKernel(Path folder, Release release, Target target) throws IOException {
    Path kernel = folder.resolve("vmlinuz");
    if (target.boots() && bootParts instanceof BootParts.Found found) {
      Files.copy(found.kernel(), kernel);
      found.writeTo(folder.resolve("boot"), Files.readAllBytes(sources.resolve("boot/init")));
    } else {
      Files.writeString(
          kernel,
          "Not a kernel: placeholder of the wrtfarm sample %s for %s. It boots nothing.\n"
              .formatted(release.version(), target.name()));
    }
  }

  static List<PackageFormat.Feed> feeds(Release release, Target target, String url) {
    List<PackageFormat.Feed> feeds = new ArrayList<>();
    SiteLayout.feeds(release, target)
        .forEach((name, path) -> feeds.add(new PackageFormat.Feed(name, url + "/" + path)));
    return feeds;
  }

  private static void copy(Path from, Path tree, Variables variables) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = tree.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        boolean isText = file.endsWith("README");
        String text = Files.readString(file);
        Files.writeString(copy, isText ? variables.fill(text) : text);
      }
    }
  }

  private static String settings(Release release, Target target) {
    return """
    # The target of this Image Builder.
    export DIST := %s
    export VERSION := %s
    export BOARD := %s
    export SUBTARGET := %s
    export ARCH := %s
    export BOOT_MIB := %d
    export DEFAULT_ROOTFS_PARTSIZE := %d
    SOURCE_DATE_EPOCH := %d
    """
        .formatted(
            SiteLayout.DIST,
            release.version(),
            target.board(),
            target.subtarget(),
            target.arch(),
            target.bootMib(),
            target.rootfsMib(),
            release.epoch());
  }

  private static String config(Release release, Target target) {
    StringBuilder config = new StringBuilder("# Root file systems of the images\n");
    for (String filesystem : List.of("squashfs", "ext4")) {
      String key = "CONFIG_TARGET_ROOTFS_" + (filesystem.equals("ext4") ? "EXT4FS" : "SQUASHFS");
      boolean on = target.filesystems().contains(filesystem);
      config.append(on ? key + "=y\n" : "# " + key + " is not set\n");
    }
    config.append("CONFIG_TARGET_BOARD=\"%s\"\n".formatted(target.board()));
    config.append("CONFIG_TARGET_SUBTARGET=\"%s\"\n".formatted(target.subtarget()));
    config.append("CONFIG_TARGET_ROOTFS_PARTSIZE=%d\n".formatted(target.rootfsMib()));
    config.append("CONFIG_VERSION_NUMBER=\"%s\"\n".formatted(release.version()));
    return config.toString();
  }
}
