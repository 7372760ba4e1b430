package dev.wrtfarm.stack;

import dev.wrtfarm.launcher.DataInUse;
import dev.wrtfarm.launcher.DataLock;
import dev.wrtfarm.launcher.ParentWatch;
import dev.wrtfarm.launcher.SystemUser;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** {@code java -jar stack.jar --data DIR}: says READY when all parts can be used. */
public final class StackMain {
  private static final int USAGE = 64;

  private StackMain() {}

  public static void main(String[] args) {
    if (args.length != 2 || !args[0].equals("--data")) {
      System.err.println("usage: java -jar stack.jar --data DIR");
      System.exit(USAGE);
    }
    if (SystemUser.isRoot()) {
      System.err.println(
          "the stack does not run as root, since PostgreSQL does not:"
              + " start it as an ordinary user; `wrtfarm up` does that");
      System.exit(1);
    }
    ParentWatch.start();
    StackExit exit = new StackExit();
    try {
      run(Path.of(args[1]).toAbsolutePath().normalize(), exit);
    } catch (DataInUse | StackFailed | UncheckedIOException e) {
      if (e.getCause() != null) {
        e.getCause().printStackTrace();
      }
      exit.failed("the stack cannot start: " + e.getMessage());
    }
  }

  private static void run(Path data, StackExit exit) {
    // Never closed: the kernel drops it with the process, after the parts have stopped.
    DataLock.take(data);
    Stack.in(data, exit).start();
    System.out.println("READY");
  }
}
