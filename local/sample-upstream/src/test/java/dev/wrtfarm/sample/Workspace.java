package dev.wrtfarm.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary folder for Image Builders. JUnit's own warns about each link that leads out of it,
 * and an Image Builder's tree is full of those.
 */
record Workspace(Path folder) implements AutoCloseable {
  static Workspace open() throws IOException {
    return new Workspace(Files.createTempDirectory("sample-upstream"));
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() throws IOException {
    try {
      Command.run(Path.of("/"), "rm", "-rf", folder.toString()).outOrFail();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
