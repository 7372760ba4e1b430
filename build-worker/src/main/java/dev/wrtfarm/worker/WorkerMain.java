package dev.wrtfarm.worker;

import dev.wrtfarm.worker.sandbox.SandboxProbe;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The worker's program. */
@QuarkusMain
public final class WorkerMain {
  private static final int REFUSED = 1;

  private WorkerMain() {}

  public static void main(String... args) throws InterruptedException {
    if (isRoot()) {
      refuse(
          "The build worker runs package scripts of others and must not run as root: start it as"
              + " another user, for example with setpriv --reuid=wrtfarm-worker, or systemd's"
              + " User=.");
    }
    Optional<String> problem = SandboxProbe.problem();
    if (problem.isPresent()) {
      refuse(
          "The build worker cannot make sandboxes here ("
              + problem.get()
              + "): install bubblewrap, util-linux and python3, and allow unprivileged user"
              + " namespaces; 'wrtfarm doctor' tells what is missing.");
    }
    Quarkus.run(WorkerLifecycle.class, args);
  }

  private static void refuse(String why) {
    System.err.println(why);
    System.exit(REFUSED);
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }
}
