package dev.wrtfarm.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Backoff SHORT =
      new Backoff(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofMinutes(1));

  @TempDir Path folder;
  private final List<ProgramEvent> events = new CopyOnWriteArrayList<>();

  @Test
  void a_killed_program_is_started_again() {
    try (Supervisor supervisor = new Supervisor(events::add, SHORT)) {
      supervisor.start(SamplePrograms.cat(folder));
      long first = supervisor.running().getFirst().pid();
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      Eventually.await("it was restarted", LIMIT, () -> count(ProgramEvent.Restarted.class) == 1);
      assertThat(supervisor.running())
          .singleElement()
          .satisfies(again -> assertThat(again.pid()).isNotEqualTo(first));
    }
    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Starting", "Ready", "Died", "Starting", "Restarted", "Stopped");
    assertThat(events.get(2))
        .isEqualTo(new ProgramEvent.Died("cat", "exit code 137", Duration.ofMillis(10)));
  }

  @Test
  void the_wait_grows_while_it_keeps_dying() {
    try (Supervisor supervisor = new Supervisor(events::add, SHORT)) {
      supervisor.start(SamplePrograms.script(folder, "exit 3"));
      Eventually.await("it died often", LIMIT, () -> count(ProgramEvent.Died.class) >= 4);
    }
    assertThat(events)
        .filteredOn(ProgramEvent.Died.class::isInstance)
        .extracting(event -> ((ProgramEvent.Died) event).restartIn().toMillis())
        .startsWith(10L, 20L, 40L, 40L);
  }

  @Test
  void a_minute_of_health_resets_the_wait() {
    assertThat(Backoff.USUAL.after(Duration.ofSeconds(59), Duration.ofSeconds(16)))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(Backoff.USUAL.after(Duration.ofSeconds(60), Duration.ofSeconds(16)))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void stopping_goes_backwards_and_restarts_nothing() {
    Supervisor supervisor = new Supervisor(events::add, SHORT);
    for (String name : List.of("first", "second", "third")) {
      supervisor.start(Program.of(name, List.of("cat"), folder, folder.resolve(name + ".log")));
    }
    List<ChildProcess> all = supervisor.running();
    supervisor.stop();
    assertThat(all).noneMatch(ChildProcess::isAlive);
    assertThat(events)
        .filteredOn(ProgramEvent.Stopped.class::isInstance)
        .extracting(ProgramEvent::program)
        .containsExactly("third", "second", "first");
    assertThat(count(ProgramEvent.Died.class)).isZero();
    assertThatThrownBy(() -> supervisor.start(SamplePrograms.cat(folder)))
        .isInstanceOf(ProgramFailed.class);
  }

  @Test
  void a_first_start_that_fails_is_not_tried_again() {
    Program broken =
        SamplePrograms.script(folder, "exit 3").readyWhen(Readiness.line("READY", LIMIT));
    try (Supervisor supervisor = new Supervisor(events::add, SHORT)) {
      assertThatThrownBy(() -> supervisor.start(broken)).hasMessageContaining("exit code 3");
      assertThat(supervisor.running()).isEmpty();
    }
    assertThat(count(ProgramEvent.Died.class)).isZero();
  }

  private long count(Class<? extends ProgramEvent> kind) {
    return events.stream().filter(kind::isInstance).count();
  }
}
