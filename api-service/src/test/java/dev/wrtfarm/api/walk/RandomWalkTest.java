package dev.wrtfarm.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.walk.Ledger.Hold;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Callers, workers, zombies and the reaper do at random what they may do, several at once. Each
 * answer is held against those before it, and in the end the database's own journal against a
 * model: whatever was accepted has ended exactly once.
 */
@QuarkusTest
@SuppressWarnings("NullAway.Init")
class RandomWalkTest extends FarmTest {
  private static final Logger LOG = Logger.getLogger(RandomWalkTest.class);
  private static final int THREADS = 6;
  private static final int STEPS = 120;
  private static final List<String> RESULTS =
      List.of("succeeded", "reused", "failed", "released", "lost", "cancelled");

  @Inject Protocol protocol;
  @Inject DataSource source;
  @Inject MeterRegistry registry;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 20, 300, 4_000})
  void whatever_happens_each_build_ends_once_and_nobody_is_told_otherwise(long seed)
      throws Exception {
    Map<String, Double> countedBefore = counted();
    Ledger ledger = new Ledger();
    try (Journal journal = new Journal(source)) {
      walk(ledger, seed);
      sql("update build set lease_until = now() + interval '1 hour' where state = 'RUNNING'");
      unfinishedBuildsAreWanted();
      liveLeasesAreGood(ledger);
      finish(ledger);
      LOG.infof(
          "seed %d: %d requests, %d claims, %s",
          seed, ledger.requests(), ledger.claims(), journal.replay(ledger));
    }
    requestsBalance(ledger);
    buildsEndedWell();
    attemptsAreWhole();
    // The reaper counts what others can see already.
    Farm.eventually(
        "attempts are counted as they were", () -> grown(countedBefore).equals(attempts()));
  }

  private void walk(Ledger ledger, long seed) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> walkers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed * 1_000 + i);
        walkers.add(threads.submit(new Walker(protocol, ledger, this::sql, random, STEPS)));
      }
      for (Future<Void> each : walkers) {
        try {
          each.get();
        } catch (ExecutionException e) {
          throw new AssertionError("seed %d: %s".formatted(seed, e.getCause()), e.getCause());
        }
      }
    }
  }

  private void unfinishedBuildsAreWanted() {
    none(
        "unfinished builds that nobody wants",
        """
        select b.id from build b where b.state in ('QUEUED', 'RUNNING') and not exists (
          select 1 from request r where r.build_id = b.id and r.cancelled_at is null)
        """);
  }

  /** While nobody else claims the build, its worker's call counts: it runs, or it was reaped. */
  private void liveLeasesAreGood(Ledger ledger) {
    Walker worker = walker(ledger);
    for (Hold hold : ledger.holds()) {
      if (isLive(hold)) {
        worker.heartbeat(hold);
        assertThat(ledger.isDead(hold)).as("%s is good", hold.key()).isFalse();
        assertThat(value("select state from build where id = '%s'".formatted(build(hold))))
            .isEqualTo("RUNNING");
      }
    }
  }

  private boolean isLive(Hold hold) {
    return value(
            """
            select 1 from build where id = '%s' and fence = %d and secret_sha256 is not null
              and state in ('QUEUED', 'RUNNING')
            """
                .formatted(build(hold), hold.lease().fence()))
        .equals("1");
  }

  /** Ends whatever has not ended, by workers that do no more than their duty. */
  private void finish(Ledger ledger) {
    Walker worker = walker(ledger);
    for (int i = 0; i < 20 && !unfinished().equals("0"); i++) {
      sql("update build set claimable_at = now(), offer_at = null where state = 'QUEUED'");
      for (int claims = Integer.parseInt(unfinished()); claims >= 0; claims--) {
        worker.claim();
      }
      for (Hold hold : ledger.holds()) {
        if (isLive(hold)) {
          worker.resolve(hold);
          worker.complete(hold);
        }
      }
    }
    assertThat(unfinished()).as("builds that did not end").isEqualTo("0");
  }

  private Walker walker(Ledger ledger) {
    return new Walker(protocol, ledger, this::sql, new Random(7), 0);
  }

  private String unfinished() {
    return value("select count(*) from build where state in ('QUEUED', 'RUNNING')");
  }

  private void requestsBalance(Ledger ledger) {
    assertThat(value("select count(*) from request")).isEqualTo("" + ledger.requests());
    none(
        "requests that lost their build",
        "select id from request r where not exists (select 1 from build where id = r.build_id)");
    none(
        "cancelled builds that somebody still wants",
        """
        select b.id from build b join request r on r.build_id = b.id
        where b.state = 'CANCELLED' and r.cancelled_at is null
        """);
  }

  private void buildsEndedWell() {
    none(
        "builds that were reused though they had to be made, or from another image",
        """
        select b.id from build b left join build r on r.id = b.reused_from
        where b.state = 'REUSED' and (b.must_build or r.state <> 'SUCCEEDED'
          or r.recipe_digest <> b.recipe_digest or r.archive_sha256 <> b.archive_sha256
          or r.package_set_digest <> b.package_set_digest)
        """);
    none(
        "builds that failed or were lost too often",
        "select id from build where failed_attempts > 2 or lost_leases > 2");
  }

  private void attemptsAreWhole() {
    none(
        "attempts with gaps",
        """
        select b.id from build b where b.attempt <>
          (select count(*) from attempt a where a.build_id = b.id and a.number <= b.attempt)
        """);
    none(
        "attempts that do not fit their build",
        """
        select b.id from build b join attempt a on a.build_id = b.id
        where a.result = 'running' or (a.number < b.attempt
            and a.result not in ('failed', 'lost', 'released'))
          or (a.number = b.attempt and case b.state
            when 'SUCCEEDED' then a.result <> 'succeeded'
            when 'REUSED' then a.result <> 'reused'
            when 'FAILED' then a.result not in ('failed', 'lost')
            else a.result not in ('cancelled', 'failed', 'lost', 'released') end)
        """);
  }

  private void none(String what, String query) {
    assertThat(value("select string_agg(id, ' ') from (%s) as found(id)".formatted(query)))
        .as(what)
        .isEqualTo("null");
  }

  private Map<String, Double> attempts() {
    Map<String, Double> attempts = new HashMap<>();
    for (String each : RESULTS) {
      attempts.put(
          each,
          Double.valueOf(
              value("select count(*) from attempt where result = '%s'".formatted(each))));
    }
    return attempts;
  }

  private Map<String, Double> counted() {
    Map<String, Double> counts = new HashMap<>();
    for (String each : RESULTS) {
      counts.put(each, registry.counter("wrtfarm.attempts", "result", each).count());
    }
    return counts;
  }

  private Map<String, Double> grown(Map<String, Double> before) {
    Map<String, Double> grown = new HashMap<>();
    counted()
        .forEach((result, count) -> grown.put(result, count - before.getOrDefault(result, 0d)));
    return grown;
  }

  private static String build(Hold hold) {
    return hold.lease().build();
  }
}
