package dev.wrtfarm.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SetbacksTest {
  private static final String BAD_HOST = "failed_infrastructure";

  private final AtomicLong clock = new AtomicLong(-5_000_000_000L);
  private final List<String> heard = new ArrayList<>();
  private final Setbacks setbacks = new Setbacks((outcome, _) -> heard.add(outcome), clock::get);

  @Test
  void a_host_that_keeps_failing_early_pauses_longer_each_time_up_to_a_minute() {
    assertThat(setbacks.pause()).isZero();
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ends(BAD_HOST, Stage.PREPARE);
      pauses.add(setbacks.pause().toSeconds());
      clock.addAndGet(setbacks.pause().toNanos());
      assertThat(setbacks.pause()).isZero();
    }
    assertThat(pauses.subList(0, 5)).containsExactly(5L, 10L, 20L, 40L, 60L);
    assertThat(pauses.subList(5, 20)).containsOnly(60L);
    assertThat(heard).hasSize(20);
  }

  @Test
  void the_sandbox_belongs_to_the_host_too() {
    ends(BAD_HOST, Stage.MANIFEST);
    assertThat(setbacks.pause()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void several_slots_that_fail_together_count_once() {
    ends(BAD_HOST, Stage.FETCH);
    ends(BAD_HOST, Stage.FETCH);
    assertThat(setbacks.pause()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void an_attempt_that_got_beyond_preparing_shows_that_the_host_is_well() {
    ends(BAD_HOST, Stage.FETCH);
    clock.addAndGet(Duration.ofSeconds(5).toNanos());
    ends("failed_user", Stage.MANIFEST);
    ends(BAD_HOST, Stage.PUBLISH);
    assertThat(setbacks.pause()).isZero();
    ends(BAD_HOST, Stage.FETCH);
    assertThat(setbacks.pause()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_mistake_of_a_user_says_nothing_about_the_host() {
    ends(BAD_HOST, Stage.FETCH);
    clock.addAndGet(Duration.ofSeconds(5).toNanos());
    ends("failed_user", Stage.FETCH);
    assertThat(setbacks.pause()).isZero();
    ends(BAD_HOST, Stage.FETCH);
    assertThat(setbacks.pause()).isEqualTo(Duration.ofSeconds(10));
  }

  private void ends(String outcome, Stage last) {
    Map<Stage, Long> millis = new EnumMap<>(Stage.class);
    for (Stage each : Stage.values()) {
      if (each.compareTo(last) <= 0) {
        millis.put(each, 1L);
      }
    }
    setbacks.ended(outcome, millis);
  }
}
