package dev.wrtfarm.worker;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The worker's program. */
@QuarkusMain
public final class WorkerMain {
  private static final int REFUSED = 1;

  private WorkerMain() {}

  public static void main(String... args) {
    if (isRoot()) {
      System.err.println(
          "The build worker runs package scripts of others and must not run as root: start it as"
              + " another user, for example with setpriv --reuid=wrtfarm-worker, or systemd's"
              + " User=.");
      System.exit(REFUSED);
    }
    Quarkus.run(args);
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }
}
