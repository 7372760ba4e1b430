package dev.wrtfarm.cli.farm;

import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.DataLock;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.ProgramEvent;
import dev.wrtfarm.launcher.ProgramFailed;
import dev.wrtfarm.launcher.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A farm that this process runs: it owns the data folder until it is closed. */
public final class Farm implements AutoCloseable {
  private static final List<String> KNOWS_NO_STACK =
      List.of(FarmPrograms.STACK, FarmPrograms.SAMPLE, FlashAgentProgram.NAME);

  private final FarmPlan plan;
  private final DataLock lock;
  private final StateKeeper state;
  private final FarmPrograms programs;
  private final Supervisor supervisor;
  private final Consumer<ProgramEvent> listener;
  private Map<String, String> endpoints = Map.of();

  /**
   * Takes the data folder.
   *
   * @throws dev.wrtfarm.launcher.DataInUse when another process has it
   */
  public Farm(FarmPlan plan, Consumer<ProgramEvent> listener) {
    this.plan = plan;
    this.lock = DataLock.take(plan.data().path());
    this.listener = listener;
    this.state = new StateKeeper(plan);
    this.programs = new FarmPrograms(plan);
    this.supervisor = new Supervisor(this::happened);
  }

  public FarmPlan plan() {
    return plan;
  }

  /** Returns when everything is ready. */
  public void start() {
    try {
      startAll();
    } catch (ProgramFailed | NotBuilt e) {
      throw new StartFailed(e);
    }
  }

  private void startAll() {
    try {
      state.begin();
      supervisor.start(programs.stack());
      endpoints = programs.endpoints();
      if (plan.upstream() instanceof Upstream.Sample) {
        supervisor.start(programs.sampleUpstream());
      }
      supervisor.start(programs.api());
      List<Program> workers = new ArrayList<>();
      for (int number = 1; number <= plan.workers(); number++) {
        workers.add(programs.workerProgram(number));
      }
      if (!plan.slots().isEmpty()) {
        workers.add(programs.flashAgent());
      }
      startTogether(workers);
      programs.forgetOldCopies();
      state.everythingIsUp();
    } catch (IOException e) {
      throw new UncheckedIOException("the farm's files cannot be written", e);
    }
  }

  private void startTogether(List<Program> workers) {
    Executor threads = task -> Thread.ofVirtual().start(task);
    CompletableFuture<?>[] starts =
        workers.stream()
            .map(each -> CompletableFuture.runAsync(() -> supervisor.start(each), threads))
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(starts).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof ProgramFailed failed ? failed : e;
    }
  }

  private void happened(ProgramEvent event) {
    try {
      state.on(event);
    } catch (UncheckedIOException e) {
      // A full disk must not end the watch over the programs; the next event writes again.
    }
    listener.accept(event);
    if (event instanceof ProgramEvent.Restarted && event.program().equals(FarmPrograms.STACK)) {
      Thread.ofVirtual().name("new-endpoints").start(this::tellNewEndpoints);
    }
  }

  /** A port that was taken meanwhile has moved: the others must be told, and start anew for it. */
  private synchronized void tellNewEndpoints() {
    Map<String, String> now = programs.endpoints();
    if (now.equals(endpoints)) {
      return;
    }
    try {
      programs.api();
      for (int number = 1; number <= plan.workers(); number++) {
        programs.workerProgram(number);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the farm's files cannot be written", e);
    }
    endpoints = now;
    supervisor.running().stream()
        .filter(child -> !KNOWS_NO_STACK.contains(child.name()))
        .forEach(ChildProcess::stop);
  }

  /** Stops everything in order. */
  @Override
  public void close() {
    supervisor.stop();
    try {
      programs.takeCardsOut();
    } finally {
      lock.close();
    }
  }
}
