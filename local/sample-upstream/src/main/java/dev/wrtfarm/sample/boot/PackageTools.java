package dev.wrtfarm.sample.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's package tools, used as an ordinary user may: they resolve, fetch and check packages, and
 * change nothing of the system.
 *
 * @param work lies in no other tool's way; what is fetched ends here
 * @param path where the tools are looked for
 */
record PackageTools(Path work, String path) {
  private static final int LONGEST_SECONDS = 300;
  private static final List<String> PATIENCE =
      List.of("-o", "Acquire::http::Timeout=15", "-o", "Acquire::Retries=1");

  /** The host's package lists when they are good enough, otherwise fresh ones of our own. */
  List<Path> fetch(String metaPackage, List<String> packages)
      throws Unavailable, IOException, InterruptedException {
    try {
      return fetch(metaPackage, packages, List.of());
    } catch (Unavailable hostsListsAreOld) {
      List<String> own = ownLists();
      for (Path outdated : debs()) {
        Files.delete(outdated);
      }
      run("apt-get", own, "update", "-q");
      return fetch(metaPackage, packages, own);
    }
  }

  private List<Path> fetch(String metaPackage, List<String> packages, List<String> options)
      throws Unavailable, IOException, InterruptedException {
    String before = "Depends: ";
    String versioned =
        run("apt-cache", options, "depends", "--important", metaPackage)
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith(before))
            .map(line -> line.substring(before.length()))
            .findFirst()
            .orElseThrow(() -> new Unavailable("there is no package " + metaPackage));
    List<String> words = new ArrayList<>(List.of("download", "-q", versioned));
    words.addAll(packages);
    run("apt-get", options, words.toArray(String[]::new));
    return debs();
  }

  private List<Path> debs() throws IOException {
    try (var files = Files.list(work)) {
      return files.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
    }
  }

  void extract(Path deb, Path into) throws Unavailable, IOException, InterruptedException {
    run("dpkg-deb", List.of(), "-x", deb.toString(), into.toString());
  }

  /** Newer releases compress modules; what loads them here cannot read that. */
  void unpacked(Path module) throws Unavailable, IOException, InterruptedException {
    try (var bytes = Files.newInputStream(module)) {
      if (bytes.read() != 0xfd) {
        return;
      }
    }
    Path packed = Files.move(module, module.resolveSibling(module.getFileName() + ".xz"));
    run("xz", List.of(), "-d", packed.toString());
  }

  private List<String> ownLists() throws IOException {
    Path lists = work.resolve("apt");
    Files.createDirectories(lists.resolve("lists/partial"));
    Files.createDirectories(lists.resolve("cache/archives/partial"));
    return List.of(
        "-o",
        "Dir::State=" + lists,
        "-o",
        "Dir::Cache=" + lists.resolve("cache"),
        "-o",
        "Dir::State::status=/var/lib/dpkg/status",
        // Otherwise an update without a network ends well.
        "-o",
        "APT::Update::Error-Mode=any",
        // As root, apt would give rights away to a user who may not write here.
        "-o",
        "APT::Sandbox::User=root");
  }

  private String run(String tool, List<String> options, String... words)
      throws Unavailable, IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("/usr/bin/env", tool));
    if (tool.startsWith("apt-")) {
      line.addAll(PATIENCE);
    }
    line.addAll(options);
    line.addAll(List.of(words));
    Path said = work.resolve(tool + ".log");
    ProcessBuilder builder = new ProcessBuilder(line).directory(work.toFile());
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true).redirectOutput(said.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new Unavailable(tool + " did not end within " + LONGEST_SECONDS + " s");
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String text = Files.readString(said, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new Unavailable("'%s %s': %s".formatted(tool, words[0], complaint(text)));
    }
    return text;
  }

  /** The first error, otherwise the last line. */
  private static String complaint(String text) {
    List<String> lines = text.strip().lines().toList();
    return lines.stream()
        .filter(line -> line.startsWith("E: "))
        .findFirst()
        .orElse(lines.isEmpty() ? "" : lines.getLast());
  }

  /** The host has none of it and cannot get it; the message says why. */
  static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String reason) {
      super(reason);
    }
  }
}
