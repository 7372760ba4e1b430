package dev.wrtfarm.launcher;

import java.nio.file.Path;
import java.time.Duration;

/** Starts a child of its own, tells its process id, and never ends by itself. */
final class ParentProgram {
  private ParentProgram() {}

  public static void main(String[] args) throws InterruptedException {
    ChildProcess child =
        ChildProcess.startReady(
            SamplePrograms.java(Path.of(args[0]), HangingProgram.class)
                .readyWhen(Readiness.line("READY", Duration.ofSeconds(30))));
    System.out.println("child " + child.pid());
    Thread.sleep(Long.MAX_VALUE);
  }
}
