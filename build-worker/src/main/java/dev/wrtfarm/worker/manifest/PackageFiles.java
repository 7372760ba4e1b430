package dev.wrtfarm.worker.manifest;

import dev.wrtfarm.common.recipe.PackageSet;
import dev.wrtfarm.common.recipe.ResolvedPackage;
import dev.wrtfarm.worker.feed.Delivery.Delivered;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds each line of a manifest to the package file that the proxy delivered for it. Lines without
 * one came out of the Image Builder's own tree. A file without a line becomes an entry of its own,
 * so that nothing that was in the sandbox escapes the set's digest.
 */
final class PackageFiles {
  private PackageFiles() {}

  static PackageSet bind(List<ManifestLines.Line> lines, List<Delivered> files) {
    List<Delivered> left = new ArrayList<>(files);
    List<ResolvedPackage> packages = new ArrayList<>();
    for (ManifestLines.Line line : lines) {
      Delivered file =
          left.stream().filter(each -> isOf(line, each.name())).findFirst().orElse(null);
      left.remove(file);
      packages.add(
          new ResolvedPackage(
              line.name(), line.version(), file == null ? null : file.sha256().hex()));
    }
    for (Delivered file : left) {
      packages.add(new ResolvedPackage(file.name(), "", file.sha256().hex()));
    }
    return new PackageSet(packages);
  }

  /** opkg's {@code name_version_architecture.ipk}, apk's {@code name-version.apk}. */
  private static boolean isOf(ManifestLines.Line line, String file) {
    return (file.endsWith(".ipk") && file.startsWith(line.name() + "_" + line.version() + "_"))
        || file.equals(line.name() + "-" + line.version() + ".apk");
  }
}
