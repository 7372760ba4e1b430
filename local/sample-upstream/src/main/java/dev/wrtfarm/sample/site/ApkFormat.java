package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code .apk} files and {@code packages.adb} indexes. The containers are the sample's own: apk's
 * binary format is of no use to anybody but apk. A package is a gzipped tar archive that begins
 * with {@code .PKGINFO}; an index is a line that names the format, a line with the signature of the
 * rest, and JSON.
 */
final class ApkFormat implements PackageFormat {
  private static final String MAGIC = "wrtfarm-sample-adb-1";

  private final PackageContent content;
  private final SigningKey key;

  ApkFormat(PackageContent content, SigningKey key) {
    this.content = content;
    this.key = key;
  }

  @Override
  public BuiltPackage build(SamplePackage pkg) throws IOException {
    TarArchive archive = new TarArchive(pkg.release().epoch());
    archive.file(".PKGINFO", Json.write(info(pkg)));
    content.postinst(pkg).ifPresent(script -> archive.file(".post-install", true, script));
    content.members(pkg).forEach((path, member) -> member.addTo(archive, path));
    return new BuiltPackage(pkg, pkg.name() + "-" + pkg.version() + ".apk", archive.gzipped());
  }

  private static Map<String, Object> info(SamplePackage pkg) {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("name", pkg.name());
    info.put("version", pkg.version());
    info.put("arch", pkg.arch().equals("all") ? "noarch" : pkg.arch());
    info.put("abi", pkg.abi().orElse(""));
    info.put("depends", pkg.depends());
    info.put("conflicts", pkg.conflicts());
    info.put("provides", pkg.provides());
    info.put("description", pkg.description());
    return info;
  }

  @Override
  public void writeFeed(Path folder, String arch, List<BuiltPackage> packages) throws IOException {
    Files.createDirectories(folder);
    List<Map<String, Object>> entries = new ArrayList<>();
    for (BuiltPackage pkg : packages) {
      Files.write(folder.resolve(pkg.fileName()), pkg.bytes());
      Map<String, Object> entry = info(pkg.spec());
      entry.put("size", pkg.bytes().length);
      entry.put("sha256", Digests.sha256(pkg.bytes()));
      entries.add(entry);
    }
    String text = Json.write(entries);
    byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        folder.resolve("packages.adb"),
        MAGIC + "\n" + Base64.getEncoder().encodeToString(signature) + "\n" + text);
    Files.writeString(folder.resolve("index.json"), FeedIndex.json(arch, packages));
  }

  @Override
  public void writeRepositories(Path tree, Iterable<Feed> feeds) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Feed feed : feeds) {
      text.append(feed.url()).append("/packages.adb\n");
    }
    Files.writeString(tree.resolve("repositories"), text);
    Files.createDirectories(tree.resolve("keys"));
    Files.writeString(tree.resolve("keys/sample-25.12.pem"), key.pem());
  }
}
