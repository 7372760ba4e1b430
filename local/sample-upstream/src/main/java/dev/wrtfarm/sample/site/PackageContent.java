package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in a package: its files by path, and its script. */
final class PackageContent {
  /** A file, a link if it has a destination, a directory if it has neither. */
  record Member(boolean executable, Optional<byte[]> content, Optional<String> destination) {
    void addTo(TarArchive archive, String path) {
      if (content.isPresent()) {
        archive.file(path, executable, content.get());
      } else if (destination.isPresent()) {
        archive.link(path, destination.get());
      } else {
        archive.directory(path);
      }
    }
  }

  private final Path sources;

  /**
   * @param sources the folder {@code src/main/packages}
   */
  PackageContent(Path sources) {
    this.sources = sources;
  }

  /** By path without leading slash, parents before what is in them. */
  Map<String, Member> members(SamplePackage pkg) throws IOException {
    Map<String, Member> members = new TreeMap<>();
    addFile(members, pkg.main(), isProgram(pkg.main()), stub(pkg).getBytes(StandardCharsets.UTF_8));
    if (pkg.fillBytes() > 0) {
      addFile(members, "usr/lib/sample-weight/" + pkg.name(), false, weight(pkg));
    }
    if (pkg.stanza().has("Init")) {
      String script = Files.readString(sources.resolve("init-script"));
      Map<String, String> words =
          Map.of("package", pkg.baseName(), "start", pkg.stanza().get("Init"));
      byte[] text = new Variables(words).fill(script).getBytes(StandardCharsets.UTF_8);
      addFile(members, "etc/init.d/" + pkg.baseName(), true, text);
    }
    addSources(members, pkg);
    for (String directory : pkg.stanza().words("Dirs")) {
      addDirectories(members, directory);
    }
    for (String link : pkg.stanza().words("Links")) {
      List<String> parts = List.of(link.split("=", 2));
      addParents(members, parts.getFirst());
      members.put(
          parts.getFirst(), new Member(false, Optional.empty(), Optional.of(parts.getLast())));
    }
    return members;
  }

  Optional<byte[]> postinst(SamplePackage pkg) throws IOException {
    Path script = sources.resolve("postinst").resolve(pkg.baseName());
    return Files.exists(script) ? Optional.of(Files.readAllBytes(script)) : Optional.empty();
  }

  private void addSources(Map<String, Member> members, SamplePackage pkg) throws IOException {
    Path folder = sources.resolve("files").resolve(pkg.baseName());
    if (!Files.isDirectory(folder)) {
      return;
    }
    Variables variables = Variables.of(pkg.release(), pkg.target());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] text = variables.fill(Files.readString(file)).getBytes(StandardCharsets.UTF_8);
        String path = folder.relativize(file).toString();
        addFile(
            members, path, path.startsWith("etc/init.d/") || path.equals("etc/rc.common"), text);
      }
    }
  }

  private static void addFile(
      Map<String, Member> members, String path, boolean executable, byte[] content) {
    addParents(members, path);
    members.put(path, new Member(executable, Optional.of(content), Optional.empty()));
  }

  private static void addParents(Map<String, Member> members, String path) {
    int slash = path.lastIndexOf('/');
    if (slash > 0) {
      addDirectories(members, path.substring(0, slash));
    }
  }

  private static void addDirectories(Map<String, Member> members, String path) {
    addParents(members, path);
    members.put(path, new Member(false, Optional.empty(), Optional.empty()));
  }

  private static boolean isProgram(String path) {
    return path.matches("(usr/)?s?bin/.*");
  }

  private static String stub(SamplePackage pkg) {
    String text = pkg.name() + " " + pkg.version() + " is a stub of the wrtfarm sample";
    return isProgram(pkg.main()) ? "#!/bin/sh\necho '" + text + "'\n" : text + "\n";
  }

  /** Bytes that no compression makes smaller, and the same ones in every build. */
  private static byte[] weight(SamplePackage pkg) {
    byte[] bytes = new byte[pkg.fillBytes()];
    new Random(pkg.name().hashCode()).nextBytes(bytes);
    return bytes;
  }
}
