package dev.wrtfarm.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One program that a thread of its own starts again whenever it ends before it is told to. */
final class SupervisedProgram {
  private final Program program;
  private final Consumer<ProgramEvent> listener;
  private final Backoff backoff;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private @Nullable ChildProcess child;

  SupervisedProgram(Program program, Consumer<ProgramEvent> listener, Backoff backoff) {
    this.program = program;
    this.listener = listener;
    this.backoff = backoff;
  }

  void start() {
    listener.accept(new ProgramEvent.Starting(program.name()));
    ChildProcess first = startChild();
    Duration took = awaitReady(first);
    listener.accept(new ProgramEvent.Ready(program.name(), first.pid(), took));
    Thread.ofPlatform().daemon().name("watch-" + program.name()).start(() -> keepAlive(first));
  }

  void stop() {
    ChildProcess last;
    synchronized (this) {
      stopping.countDown();
      last = child;
    }
    if (last != null) {
      last.stop();
    }
    listener.accept(new ProgramEvent.Stopped(program.name()));
  }

  synchronized Optional<ChildProcess> running() {
    return Optional.ofNullable(child).filter(ChildProcess::isAlive);
  }

  private void keepAlive(ChildProcess first) {
    Life life = lifeOf(first);
    Duration wait = backoff.after(life.length(), Duration.ZERO);
    while (pauseUnlessStopping(life, wait)) {
      life = anotherLife();
      wait = backoff.after(life.length(), wait);
    }
  }

  private boolean pauseUnlessStopping(Life last, Duration wait) {
    if (isStopping()) {
      return false;
    }
    listener.accept(new ProgramEvent.Died(program.name(), last.end(), wait));
    try {
      return !stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private Life anotherLife() {
    try {
      listener.accept(new ProgramEvent.Starting(program.name()));
      ChildProcess next = startChild();
      Duration took = awaitReady(next);
      listener.accept(new ProgramEvent.Restarted(program.name(), next.pid(), took));
      return lifeOf(next);
    } catch (ProgramFailed e) {
      return new Life(Duration.ZERO, String.valueOf(e.getMessage()));
    }
  }

  private static Life lifeOf(ChildProcess process) {
    try {
      String end = "exit code " + process.awaitEnd();
      return new Life(Duration.between(process.startedAt(), Instant.now()), end);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private synchronized ChildProcess startChild() {
    if (isStopping()) {
      throw new ProgramFailed(program.name() + " was not started: it is being stopped");
    }
    ChildProcess started = ChildProcess.start(program);
    child = started;
    return started;
  }

  private static Duration awaitReady(ChildProcess started) {
    try {
      return started.awaitReady();
    } catch (ProgramFailed e) {
      started.kill();
      throw e;
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private record Life(Duration length, String end) {}
}
