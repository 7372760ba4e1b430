package dev.wrtfarm.worker.testing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that goes on while a test looks at it. */
public final class Meanwhile {
  private final Thread thread;
  private volatile @Nullable Exception failure;

  /** What goes on. */
  @FunctionalInterface
  public interface Action {
    void run() throws Exception;
  }

  private Meanwhile(Action action) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                action.run();
              } catch (Exception e) {
                failure = e;
              }
            });
  }

  public static Meanwhile does(Action action) {
    return new Meanwhile(action);
  }

  public boolean goesOn() {
    return thread.isAlive();
  }

  public void ends(Duration limit) throws Exception {
    if (!thread.join(limit)) {
      throw new AssertionError("still goes on after " + limit);
    }
    Exception failed = failure;
    if (failed != null) {
      throw failed;
    }
  }
}
