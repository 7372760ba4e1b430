package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the sample consists of, as the lists in {@code src/main/packages} say. */
record Catalogue(
    List<Release> releases,
    List<Target> targets,
    List<Stanza> packages,
    List<String> defaultPackages) {

  static Catalogue read(Path folder) throws IOException {
    return new Catalogue(
        Stanza.readAll(folder.resolve("releases.list")).stream().map(Release::of).toList(),
        targets(Stanza.readAll(folder.resolve("targets.list"))),
        Stanza.readAll(folder.resolve("packages.list")),
        Files.readAllLines(folder.resolve("default-packages.list")).stream()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .toList());
  }

  /** Without the targets that need what this host does not have. */
  Catalogue withoutBootableTargets() {
    return new Catalogue(
        releases,
        targets.stream().filter(target -> !target.boots()).toList(),
        packages,
        defaultPackages);
  }

  List<Target> targets(Release release) {
    return targets.stream().filter(target -> target.isIn(release)).toList();
  }

  /** A target's profiles follow it. */
  private static List<Target> targets(List<Stanza> stanzas) {
    List<Target> targets = new ArrayList<>();
    List<Target.Device> devices = new ArrayList<>();
    for (Stanza stanza : stanzas) {
      if (stanza.has("Target")) {
        devices = new ArrayList<>();
        targets.add(Target.of(stanza, devices));
      } else {
        devices.add(new Target.Device(stanza));
      }
    }
    return targets;
  }

  List<String> defaultPackages(Release release, Target target) {
    String manager = release.manager() == Release.Manager.APK ? "apk-mbedtls" : "opkg";
    return Stream.of(defaultPackages, List.of(manager), target.packages())
        .flatMap(List::stream)
        .sorted()
        .toList();
  }
}
