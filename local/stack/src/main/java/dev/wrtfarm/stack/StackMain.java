package dev.wrtfarm.stack;

import dev.wrtfarm.launcher.DataInUse;
import dev.wrtfarm.launcher.DataLock;
import dev.wrtfarm.launcher.ParentWatch;
import dev.wrtfarm.launcher.SystemUser;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code java -jar stack.jar --data DIR [--only postgres|kafka|s3]}: says READY when all parts, or
 * the named one, can be used.
 */
public final class StackMain {
  private static final int USAGE = 64;

  private StackMain() {}

  public static void main(String[] args) {
    Set<PartName> parts = parts(args);
    if (parts.isEmpty()) {
      System.err.println("usage: java -jar stack.jar --data DIR [--only postgres|kafka|s3]");
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
      run(Path.of(args[1]).toAbsolutePath().normalize(), parts, exit);
    } catch (DataInUse | StackFailed | UncheckedIOException e) {
      if (e.getCause() != null) {
        e.getCause().printStackTrace();
      }
      exit.failed("the stack cannot start: " + e.getMessage());
    }
  }

  /** None when the arguments make no sense. */
  private static Set<PartName> parts(String[] args) {
    boolean all = args.length == 2;
    boolean one = args.length == 4 && args[2].equals("--only");
    if (!(all || one) || !args[0].equals("--data")) {
      return Set.of();
    }
    return all
        ? EnumSet.allOf(PartName.class)
        : PartName.of(args[3]).<Set<PartName>>map(name -> EnumSet.of(name)).orElse(Set.of());
  }

  private static void run(Path data, Set<PartName> parts, StackExit exit) {
    // Never closed: the kernel drops it with the process, after the parts have stopped.
    DataLock.take(data);
    Stack.in(data, parts, exit).start();
    System.out.println("READY");
    stay();
  }

  /** Not every part has a thread that keeps a JVM alive. */
  private static void stay() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
