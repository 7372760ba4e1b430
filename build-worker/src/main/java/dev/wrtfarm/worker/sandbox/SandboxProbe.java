package dev.wrtfarm.worker.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Tries once whether this host lets this user make sandboxes. A worker that cannot would fail one
 * build after the other.
 */
public final class SandboxProbe {
  private static final List<String> ARGV =
      List.of(
          "bwrap",
          "--unshare-all",
          "--die-with-parent",
          "--uid",
          "1000",
          "--gid",
          "1000",
          "--cap-drop",
          "ALL",
          "--ro-bind",
          "/",
          "/",
          "--proc",
          "/proc",
          "--dev",
          "/dev",
          "--",
          "prlimit",
          "--core=0",
          "--",
          "/usr/bin/python3",
          "-I",
          "-c",
          "import socket; socket.create_server(('127.0.0.1', 0))");
  private static final long SECONDS = 20;

  private SandboxProbe() {}

  /** Empty when all is well; otherwise what is wrong, for a person. */
  public static Optional<String> problem() throws InterruptedException {
    try {
      Process process = new ProcessBuilder(ARGV).redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.of("a sandbox did not end within " + SECONDS + " seconds");
      }
      String said =
          new String(process.getInputStream().readNBytes(2_000), StandardCharsets.UTF_8).strip();
      return process.exitValue() == 0
          ? Optional.empty()
          : Optional.of("a sandbox ended with status %d: %s".formatted(process.exitValue(), said));
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
