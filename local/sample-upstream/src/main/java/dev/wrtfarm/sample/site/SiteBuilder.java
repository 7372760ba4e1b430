package dev.wrtfarm.sample.site;

import dev.wrtfarm.sample.boot.BootParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Writes the whole tree of the download server. */
final class SiteBuilder {
  private final Path sources;
  private final Path site;
  private final Path work;
  private final Catalogue catalogue;
  private final BootParts bootParts;
  private final SigningKey apkKey;
  private final Usign usign;

  /**
   * @param sources {@code src/main}
   * @param keys where the keys are, or will be
   * @param site the new tree
   * @param work for what is only needed on the way
   */
  SiteBuilder(Path sources, Path keys, Path site, Path work, BootParts bootParts)
      throws IOException {
    this.sources = sources;
    this.site = site;
    this.work = work;
    this.bootParts = bootParts;
    Catalogue whole = Catalogue.read(sources.resolve("packages"));
    this.catalogue = bootParts instanceof BootParts.Found ? whole : whole.withoutBootableTargets();
    this.usign = new Usign(SigningKey.in(keys, "sample-usign"));
    this.apkKey = SigningKey.in(keys, "sample-apk");
  }

  void build() throws IOException, InterruptedException {
    writeTop();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> running = new ArrayList<>();
      for (Release release : catalogue.releases()) {
        writeRelease(release);
        running.add(
            threads.submit(() -> {
              for (Target target : catalogue.targets(release)) {
                writeTarget(release, target);
              }
              return release;
            }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private void writeTarget(Release release, Target target)
      throws IOException, InterruptedException {
    PackageFormat format = format(release);
    List<BuiltPackage> packages = new ArrayList<>();
    for (SamplePackage pkg : SamplePackage.of(catalogue, release, target)) {
      packages.add(format.build(pkg));
    }
    for (Map.Entry<String, String> feed : SiteLayout.feeds(release, target).entrySet()) {
      List<BuiltPackage> members =
          packages.stream().filter(pkg -> pkg.spec().feed().equals(feed.getKey())).toList();
      // The feeds of an architecture are those that its first target wrote.
      if (!Files.exists(site.resolve(feed.getValue()))) {
        format.writeFeed(site.resolve(feed.getValue()), target.arch(), members);
      }
    }
    ImageBuilderTree tree = new ImageBuilderTree(sources, catalogue, bootParts);
    new TargetFolder(site, work, tree, usign).write(release, target, format, packages);
  }

  private PackageFormat format(Release release) {
    PackageContent content = new PackageContent(sources.resolve("packages"));
    return switch (release.manager()) {
      case OPKG -> new OpkgFormat(content, usign);
      case APK -> new ApkFormat(content, apkKey);
    };
  }

  private void writeTop() throws IOException {
    Files.createDirectories(site.resolve("keys"));
    Files.writeString(site.resolve("keys/sample-usign.pub"), usign.publicKeyFile());
    Files.writeString(site.resolve("keys/sample-apk.pem"), apkKey.pem());
    Files.writeString(
        site.resolve("README.txt"),
        "Download server of the wrtfarm sample: it has the layout of downloads.openwrt.org, and"
            + " nothing in it is OpenWrt.\n"
            + bootable());
    List<String> versions = catalogue.releases().stream().map(Release::version).toList().reversed();
    Map<String, Object> overview = new TreeMap<>();
    overview.put("stable_version", versions.getFirst());
    overview.put("oldstable_version", versions.getLast());
    overview.put("upcoming_version", "");
    overview.put("versions_list", versions);
    Files.writeString(site.resolve(".versions.json"), Json.write(overview));
  }

  private String bootable() {
    return switch (bootParts) {
      case BootParts.Found found -> "The images of the target x86/vm boot.\n";
      case BootParts.Missing missing ->
          "The target x86/vm, whose images boot, was left out: " + missing.reason() + "\n";
    };
  }

  private void writeRelease(Release release) throws IOException {
    Path folder = Files.createDirectories(site.resolve(release.path()));
    Map<String, String> targets =
        catalogue.targets(release).stream()
            .collect(Collectors.toMap(Target::name, Target::arch, (a, b) -> a, TreeMap::new));
    Files.writeString(folder.resolve(".targets.json"), Json.write(targets));
    List<Map<String, Object>> profiles = new ArrayList<>();
    for (Target target : catalogue.targets(release)) {
      for (Target.Device device : target.devices()) {
        Map<String, Object> profile = new TreeMap<>();
        profile.put("id", device.name());
        profile.put("target", target.name());
        profile.put("titles", List.of(TargetInfo.title(device.stanza())));
        profiles.add(profile);
      }
    }
    Map<String, Object> overview = new TreeMap<>();
    overview.put("release", release.version());
    overview.put("profiles", profiles);
    Files.writeString(folder.resolve(".overview.json"), Json.write(overview));
  }
}
