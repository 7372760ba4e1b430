package dev.wrtfarm.stack;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server's programs, which the build unpacked beside our jar. */
record PostgresBinaries(Path folder) {
  static final String FOLDER = "postgres";

  static PostgresBinaries besideOurJar() {
    Path folder = ourJar().resolveSibling(FOLDER);
    if (!Files.exists(folder)) {
      throw new StackFailed(
          "there is no %s: build it with mvn -pl local/stack -am -DskipTests package"
              .formatted(folder));
    }
    return new PostgresBinaries(folder);
  }

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private static Path ourJar() {
    try {
      return Path.of(
          PostgresBinaries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
