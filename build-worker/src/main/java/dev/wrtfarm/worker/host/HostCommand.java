package dev.wrtfarm.worker.host;

import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.worker.attempt.BuildFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A tool of the host, such as tar, run on files that the worker trusts. */
public final class HostCommand {
  private HostCommand() {}

  /** Runs to the end; anything but exit 0 fails the build as the host's fault. */
  public static void run(List<String> argv) throws InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(argv)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
    } catch (IOException e) {
      throw new BuildFailed(
          FailureReason.HOST_TOOL_MISSING, "cannot run " + argv.getFirst() + ": " + e.getMessage());
    }
    try {
      String said =
          new String(process.getInputStream().readNBytes(4_000), StandardCharsets.UTF_8).strip();
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      int exit = process.waitFor();
      if (exit != 0) {
        throw failure(argv, exit, said);
      }
    } catch (IOException e) {
      throw new BuildFailed(FailureReason.UNKNOWN, argv.getFirst() + ": " + e.getMessage());
    } finally {
      process.destroyForcibly();
    }
  }

  private static BuildFailed failure(List<String> argv, int exit, String said) {
    FailureReason reason =
        said.contains("No space left on device") ? FailureReason.DISK_FULL : FailureReason.UNKNOWN;
    return new BuildFailed(reason, "%s ended with %d: %s".formatted(argv.getFirst(), exit, said));
  }
}
