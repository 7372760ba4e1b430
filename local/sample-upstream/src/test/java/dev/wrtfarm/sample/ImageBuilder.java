package dev.wrtfarm.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An extracted Image Builder: one tree, one build at a time. */
record ImageBuilder(Path tree) {

  /** Its feeds are those of the server. */
  static ImageBuilder extract(String release, String target, Path into, String serverUrl)
      throws IOException, InterruptedException {
    Files.createDirectories(into);
    Path archive = BuiltSite.imageBuilder(release, target);
    Command.run(into, "tar", "-xf", archive.toString()).outOrFail();
    String name = archive.getFileName().toString().replace(".tar.zst", "");
    ImageBuilder builder = new ImageBuilder(into.resolve(name));
    builder.useServer("http://downloads.sample.invalid", serverUrl);
    return builder;
  }

  void useServer(String before, String now) throws IOException {
    for (String name : List.of("repositories.conf", "repositories")) {
      Path file = tree.resolve(name);
      if (Files.exists(file)) {
        Files.writeString(file, Files.readString(file).replace(before, now));
      }
    }
  }

  /** A private copy in another folder, under its own name. */
  ImageBuilder copyTo(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Command.run(folder, "cp", "-a", tree.toString(), folder.toString()).outOrFail();
    return new ImageBuilder(folder.resolve(tree.getFileName()));
  }

  Command.Outcome make(String... words) throws IOException, InterruptedException {
    return makeWithUmask("022", words);
  }

  Command.Outcome makeWithUmask(String umask, String... words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("make"));
    line.addAll(List.of(words));
    return new Command(tree, umask, Command.HOST_PATH, line).run();
  }

  Path root() throws IOException {
    try (Stream<Path> folders = Files.walk(tree.resolve("build_dir"), 2)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("root-"))
          .findFirst()
          .orElseThrow();
    }
  }
}
