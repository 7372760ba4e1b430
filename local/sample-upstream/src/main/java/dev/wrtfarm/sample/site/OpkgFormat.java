package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code .ipk} files and {@code Packages} lists signed with usign. */
final class OpkgFormat implements PackageFormat {
  private final PackageContent content;
  private final Usign usign;

  OpkgFormat(PackageContent content, Usign usign) {
    this.content = content;
    this.usign = usign;
  }

  @Override
  public BuiltPackage build(SamplePackage pkg) throws IOException {
    long time = pkg.release().epoch();
    TarArchive control = new TarArchive(time).file("./control", text(control(pkg)));
    content.postinst(pkg).ifPresent(script -> control.file("./postinst", true, script));
    byte[] ipk =
        new TarArchive(time)
            .file("./debian-binary", "2.0\n")
            .file("./data.tar.gz", false, data(pkg).gzipped())
            .file("./control.tar.gz", false, control.gzipped())
            .gzipped();
    String name = "%s_%s_%s.ipk".formatted(pkg.name(), pkg.version(), pkg.arch());
    return new BuiltPackage(pkg, name, ipk);
  }

  private TarArchive data(SamplePackage pkg) throws IOException {
    TarArchive data = new TarArchive(pkg.release().epoch());
    content.members(pkg).forEach((path, member) -> member.addTo(data, "./" + path));
    return data;
  }

  private static Map<String, String> control(SamplePackage pkg) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Package", pkg.name());
    fields.put("Version", pkg.version());
    putList(fields, "Depends", pkg.depends());
    putList(fields, "Conflicts", pkg.conflicts());
    putList(fields, "Provides", pkg.provides());
    pkg.abi().ifPresent(abi -> fields.put("ABIVersion", abi));
    fields.put("Section", pkg.feed());
    fields.put("Architecture", pkg.arch());
    fields.put("Description", pkg.description());
    return fields;
  }

  private static void putList(Map<String, String> fields, String key, List<String> names) {
    if (!names.isEmpty()) {
      fields.put(key, String.join(", ", names));
    }
  }

  private static String text(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + ": " + field.getValue() + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public void writeFeed(Path folder, String arch, List<BuiltPackage> packages) throws IOException {
    Files.createDirectories(folder);
    StringBuilder list = new StringBuilder();
    for (BuiltPackage pkg : packages) {
      Files.write(folder.resolve(pkg.fileName()), pkg.bytes());
      Map<String, String> fields = control(pkg.spec());
      fields.put("Filename", pkg.fileName());
      fields.put("Size", Integer.toString(pkg.bytes().length));
      fields.put("SHA256sum", Digests.sha256(pkg.bytes()));
      list.append(text(fields)).append('\n');
    }
    byte[] bytes = list.toString().getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("Packages"), bytes);
    Files.write(folder.resolve("Packages.gz"), TarArchive.gzip(bytes));
    Files.writeString(folder.resolve("Packages.sig"), usign.signatureFile(bytes));
    Files.writeString(folder.resolve("index.json"), FeedIndex.json(arch, packages));
  }

  @Override
  public void writeRepositories(Path tree, Iterable<Feed> feeds) throws IOException {
    StringBuilder text = new StringBuilder("## Feeds of the wrtfarm sample\n");
    for (Feed feed : feeds) {
      text.append("src/gz %s_%s %s\n".formatted(SiteLayout.DIST, feed.name(), feed.url()));
    }
    text.append("\n## This is the local package repository, do not remove!\n");
    text.append("src imagebuilder file:packages\n\n");
    text.append("## Remove to let lists in whose signature does not fit\n");
    text.append("option check_signature\n");
    Files.writeString(tree.resolve("repositories.conf"), text);
    Files.createDirectories(tree.resolve("keys"));
    Files.writeString(tree.resolve("keys").resolve(usign.keyId()), usign.publicKeyFile());
  }
}
