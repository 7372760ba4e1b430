package dev.wrtfarm.sample;

import java.nio.file.Path;

/** The tree that the build made. */
final class BuiltSite {
  static final Path ROOT =
      Path.of(System.getProperty("wrtfarm.home"), "local/sample-upstream/target/site");
  static final String OPKG = "24.10.0-sample";
  static final String APK = "25.12.0-sample";
  static final String X86 = "x86/64";
  static final String FILOGIC = "mediatek/filogic";

  private BuiltSite() {}

  static Path target(String release, String target) {
    return ROOT.resolve("releases").resolve(release).resolve("targets").resolve(target);
  }

  static Path imageBuilder(String release, String target) {
    String name =
        "sample-imagebuilder-%s-%s.Linux-x86_64.tar.zst"
            .formatted(release, target.replace('/', '-'));
    return target(release, target).resolve(name);
  }
}
