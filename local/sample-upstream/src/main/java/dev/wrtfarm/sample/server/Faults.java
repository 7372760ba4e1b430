package dev.wrtfarm.sample.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which paths fail: lines {@code regex=fault}, the first that matches the whole path wins. The file
 * is read at each request, so that a test can break and mend the server while it runs; a file that
 * is not there breaks nothing.
 */
public final class Faults {
  private final @Nullable Path file;

  private Faults(@Nullable Path file) {
    this.file = file;
  }

  public static Faults none() {
    return new Faults(null);
  }

  public static Faults readFrom(Path file) {
    return new Faults(file);
  }

  Optional<Fault> of(String path) throws IOException {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.contains("=") && !line.startsWith("#"))
        .filter(line -> Pattern.matches(line.substring(0, line.lastIndexOf('=')).strip(), path))
        .map(line -> Fault.of(line.substring(line.lastIndexOf('=') + 1).strip()))
        .findFirst();
  }
}
