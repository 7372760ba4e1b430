package dev.wrtfarm.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts programs one after the other, starts a dead one again, and stops all in reverse order. The
 * listener is called from several threads and must not block for long.
 */
public final class Supervisor implements AutoCloseable {
  private final Consumer<ProgramEvent> listener;
  private final Backoff backoff;
  private final List<SupervisedProgram> programs = new ArrayList<>();
  private boolean stopped;

  public Supervisor(Consumer<ProgramEvent> listener) {
    this(listener, Backoff.USUAL);
  }

  public Supervisor(Consumer<ProgramEvent> listener, Backoff backoff) {
    this.listener = listener;
    this.backoff = backoff;
  }

  /**
   * Starts the program and waits until it is ready; from then on it is kept alive.
   *
   * @throws ProgramFailed when its first start fails; it is not tried again, and the programs
   *     before it run on until {@link #stop()}
   */
  public void start(Program program) {
    SupervisedProgram supervised = new SupervisedProgram(program, listener, backoff);
    synchronized (this) {
      if (stopped) {
        throw new ProgramFailed(program.name() + " was not started: everything is being stopped");
      }
      programs.add(supervised);
    }
    supervised.start();
  }

  /** The processes that run now, in the order of their start; one that is dead is missing. */
  public synchronized List<ChildProcess> running() {
    return programs.stream().flatMap(each -> each.running().stream()).toList();
  }

  /** Stops everything, the last started first, and returns when all have ended. */
  public void stop() {
    List<SupervisedProgram> all;
    synchronized (this) {
      stopped = true;
      all = List.copyOf(programs).reversed();
      programs.clear();
    }
    all.forEach(SupervisedProgram::stop);
  }

  @Override
  public void close() {
    stop();
  }
}
