package dev.wrtfarm.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs one of PostgreSQL's programs to its end. */
final class ToolRun {
  private ToolRun() {}

  /**
   * @param input what it reads; secrets go this way, not by its arguments
   * @throws StackFailed with its output when it fails
   */
  static void run(List<String> command, String input) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new StackFailed(
            "%s failed with exit code %d:\n%s".formatted(command.getFirst(), exit, output.strip()));
      }
    } catch (IOException e) {
      throw new StackFailed(command.getFirst() + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailed(command.getFirst() + " was interrupted", e);
    }
  }
}
