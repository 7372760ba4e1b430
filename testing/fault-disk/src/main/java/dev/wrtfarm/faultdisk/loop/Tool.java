package dev.wrtfarm.faultdisk.loop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One of the system's programs, run to its end. */
final class Tool {
  private Tool() {}

  /** What it prints. */
  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            "%s ended with %d: %s".formatted(String.join(" ", List.of(command)), code, printed));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: " + command[0], e);
    }
    return printed;
  }
}
