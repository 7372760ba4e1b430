package dev.wrtfarm.system.cluster;

import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.testing.Signal;
import java.time.Duration;
import java.util.List;

/** A program of the cluster, and what a test may do to it. */
final class FarmProcess implements AutoCloseable {
  private static final Duration END = Duration.ofMinutes(3);

  private final Program program;
  private ChildProcess child;

  FarmProcess(Program program) {
    this.program = program;
    this.child = ChildProcess.start(program);
  }

  void awaitReady() {
    child.awaitReady();
  }

  /** After it has ended. */
  void startAgain() {
    child = ChildProcess.startReady(program);
  }

  /** SIGKILL, to it alone. */
  void kill() {
    handle().destroyForcibly();
    awaitEnd();
  }

  /** SIGSTOP: its connections stay, its clocks run on, and it does nothing. */
  void freeze() {
    Signal.STOP.send(List.of(handle()));
  }

  void thaw() {
    Signal.CONT.send(List.of(handle()));
  }

  /** SIGTERM, and returns at once. */
  void terminate() {
    handle().destroy();
  }

  /** Waits until its latest output holds the text. */
  void awaitWords(String text) {
    Eventually.holds(program.name() + " says " + text, END, () -> child.tail().contains(text));
  }

  void awaitEnd() {
    Eventually.holds(program.name() + " has ended", END, () -> !child.isAlive());
  }

  /** Running and ready, whatever was done to it. */
  void mend() {
    if (child.isAlive()) {
      thaw();
    } else {
      startAgain();
    }
  }

  @Override
  public void close() {
    // It may end by itself just now.
    Signal.CONT.send(ProcessHandle.of(child.pid()).stream().toList());
    child.stop();
  }

  private ProcessHandle handle() {
    return ProcessHandle.of(child.pid())
        .orElseThrow(() -> new AssertionError(program.name() + " is not running"));
  }
}
