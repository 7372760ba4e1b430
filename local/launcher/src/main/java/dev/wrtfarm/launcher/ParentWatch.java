package dev.wrtfarm.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends this JVM in an orderly way when standard input ends, that is when the parent that holds the
 * other end of the pipe is gone, by whatever death. Unlike PR_SET_PDEATHSIG, which fires when the
 * starting <em>thread</em> ends, this needs no help from the parent.
 */
public final class ParentWatch {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private ParentWatch() {}

  /** Watches in the background from now on. */
  public static void start() {
    Thread.ofPlatform().daemon().name("parent-watch").start(ParentWatch::exitAtEndOfInput);
  }

  private static void exitAtEndOfInput() {
    readToEnd(System.in);
    // Shutdown hooks that hang would keep the program for ever.
    Thread.ofPlatform().daemon().name("parent-watch-limit").start(ParentWatch::haltLater);
    System.exit(0);
  }

  private static void readToEnd(InputStream in) {
    byte[] ignored = new byte[256];
    try {
      while (in.read(ignored) >= 0) {}
    } catch (IOException e) {
      // An input that cannot be read has ended.
    }
  }

  private static void haltLater() {
    try {
      Thread.sleep(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
