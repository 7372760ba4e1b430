package dev.wrtfarm.flash.journal;

import java.nio.file.Path;

/** Keeps a lock, throws away what nobody can reach, says so, and waits for the end of its input. */
final class LockKeeper {
  private LockKeeper() {}

  public static void main(String[] args) throws Exception {
    boolean kept = ProcessLock.keep(Path.of(args[0]));
    for (int i = 0; i < 20; i++) {
      System.gc();
      Thread.sleep(10);
    }
    System.out.println(kept);
    while (System.in.read() >= 0) {}
  }
}
