package dev.wrtfarm.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One set of parts for all test classes of a JVM. Quarkus loads this class once per class loader of
 * its own, so what is shared cannot be a static field: a system property names a file.
 */
final class SharedParts {
  private static final String STARTED = "wrtfarm.test.parts.started";

  private SharedParts() {}

  static Map<String, String> configuration() {
    synchronized (System.getProperties()) {
      String file = System.getProperty(STARTED);
      if (file != null) {
        return PropertiesFile.read(Path.of(file));
      }
      Map<String, String> configuration = Parts.start().configuration();
      System.setProperty(STARTED, write(configuration).toString());
      return configuration;
    }
  }

  private static Path write(Map<String, String> configuration) {
    try {
      // Temporary files are private to their owner.
      Path file = Files.createTempFile("wrtfarm-test-parts-", ".properties");
      file.toFile().deleteOnExit();
      PropertiesFile.write(file, configuration);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
