package dev.wrtfarm.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.TestWorker;
import dev.wrtfarm.api.lease.LeaseLost;
import dev.wrtfarm.api.submission.IdempotencyKey;
import dev.wrtfarm.api.submission.NoRecord;
import dev.wrtfarm.api.submission.Submission;
import dev.wrtfarm.api.submission.Wish;
import dev.wrtfarm.api.walk.Ledger.Ended;
import dev.wrtfarm.api.walk.Ledger.Hold;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.recipe.ResolvedPackage;
import dev.wrtfarm.common.rest.BuildMode;
import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.ClaimRequest;
import dev.wrtfarm.common.worker.Complete;
import dev.wrtfarm.common.worker.Fail;
import dev.wrtfarm.common.worker.Heartbeat;
import dev.wrtfarm.common.worker.Lease;
import dev.wrtfarm.common.worker.LogChunk;
import dev.wrtfarm.common.worker.Release;
import dev.wrtfarm.common.worker.Resolved;
import dev.wrtfarm.common.worker.ResolvedReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thread of a walk: does this and that, and knows which answers it may get. */
final class Walker implements Callable<Void> {
  private static final int RECIPES = 15;
  private static final int KEYS = 12;
  private static final FailureReason[] REASONS = {
    FailureReason.PACKAGE_MISSING, FailureReason.DISK_FULL, FailureReason.FEED_UNREACHABLE
  };

  private final Protocol farm;
  private final Ledger ledger;
  private final Consumer<String> sql;
  private final Random random;
  private final int steps;
  private final List<String> nonces = new ArrayList<>();

  Walker(Protocol farm, Ledger ledger, Consumer<String> sql, Random random, int steps) {
    this.farm = farm;
    this.ledger = ledger;
    this.sql = sql;
    this.random = random;
    this.steps = steps;
  }

  @Override
  public @Nullable Void call() {
    for (int i = 0; i < steps; i++) {
      step(random.nextInt(100));
    }
    return null;
  }

  private void step(int dice) {
    if (dice < 20) {
      submit();
    } else if (dice < 27) {
      ledger.anyRequest(random).ifPresent(farm.requests::cancel);
    } else if (dice < 52) {
      claim();
    } else if (dice < 60) {
      withHold(this::heartbeat);
    } else if (dice < 63) {
      withHold(this::log);
    } else if (dice < 67) {
      withHold(this::resolve);
    } else if (dice < 73) {
      withHold(hold -> {
        resolve(hold);
        complete(hold);
      });
    } else if (dice < 79) {
      withHold(this::fail);
    } else if (dice < 82) {
      withHold(this::release);
    } else if (dice < 84) {
      withHold(this::forge);
    } else if (dice < 90) {
      withHold(this::loseLease);
    } else if (dice < 93) {
      // An outage: nobody was heard of.
      change("lease_until = now() - interval '1 second'", "state = 'RUNNING'");
    } else if (dice < 97) {
      change("claimable_at = now()", "state = 'QUEUED'");
    } else {
      // Records grow old: later requests make builds, which may find the record again.
      change(
          "confirmed_at = now() - interval '25 hours', ended_at = now() - interval '25 hours'",
          "ended_at is not null");
    }
  }

  /**
   * Leaves out what somebody has locked, as all statements of the farm about many builds do. One
   * that waited with some of them locked could meet a claim, which may have locked more than it
   * took: a row that was changed while it looked.
   */
  private void change(String set, String which) {
    sql.accept(
        "update build set %s where id in (select id from build where %s for update skip locked)"
            .formatted(set, which));
  }

  private void withHold(Consumer<Hold> step) {
    ledger.anyHold(random).ifPresent(step);
  }

  private void submit() {
    // A third of them by force, a sixth only from records.
    int dice = random.nextInt(6);
    BuildMode mode =
        dice == 0 ? BuildMode.REUSE_ONLY : dice < 3 ? BuildMode.FORCE : BuildMode.BUILD_OR_REUSE;
    String tenant = random.nextInt(3) == 0 ? "other" : "local";
    if (random.nextInt(3) == 0) {
      // The key's body is always the same.
      int key = random.nextInt(KEYS);
      submit(tenant, key % RECIPES, BuildMode.values()[key % 3], 50, "key-" + key);
    } else {
      submit(tenant, random.nextInt(RECIPES), mode, 40 + 10 * random.nextInt(3), null);
    }
  }

  private void submit(
      String tenant, int recipe, BuildMode mode, int priority, @Nullable String key) {
    Wish wish = new Wish(recipe(recipe), null, priority, mode);
    IdempotencyKey named = key == null ? null : new IdempotencyKey(key, "body of " + key);
    try {
      String request = farm.submissions.submit(new Submission(tenant, wish, named));
      if (key == null) {
        ledger.accepted(request);
      } else {
        ledger.accepted(request, tenant + " " + key);
      }
    } catch (NoRecord e) {
      assertThat(mode).isEqualTo(BuildMode.REUSE_ONLY);
    }
  }

  private static Recipe recipe(int number) {
    return new Recipe(
        "24.10.0",
        "x86/64",
        "generic",
        List.of("walk-" + number),
        List.of(),
        List.of(),
        null,
        List.of());
  }

  void claim() {
    boolean again = !nonces.isEmpty() && random.nextInt(6) == 0;
    String nonce = again ? nonces.get(random.nextInt(nonces.size())) : TestWorker.nonce();
    farm.claims
        .claim(new ClaimRequest("walker", nonce))
        .ifPresent(claim -> {
          nonces.add(nonce);
          ledger.claimed(new Hold(new Lease(claim.build(), claim.fence(), nonce), claim.attempt()));
        });
  }

  void heartbeat(Hold hold) {
    ask(
        hold,
        "heartbeat",
        () -> {
          farm.leases.heartbeat(new Heartbeat(hold.lease(), Stage.ASSEMBLE, 1, ""));
          return null;
        });
  }

  private void log(Hold hold) {
    ask(
        hold,
        "log",
        () -> {
          farm.log.add(new LogChunk(hold.lease(), 0, "attempt " + hold.attempt()));
          return null;
        });
  }

  /** Two package sets in all, so that builds often find that a record has theirs. */
  void resolve(Hold hold) {
    int packages = random.nextInt(2);
    ask(
        hold,
        "reused",
        () -> {
          ResolvedReply reply =
              farm.resolution.resolved(
                  new Resolved(
                      hold.lease(),
                      "imagebuilder.tar.zst",
                      "https://upstream.example/imagebuilder.tar.zst",
                      Sha256.of("archive").hex(),
                      List.of(new ResolvedPackage("set-" + packages, "1", null))));
          return reply.reused() ? "REUSED" : null;
        });
  }

  void complete(Hold hold) {
    ask(
        hold,
        "succeeded",
        () -> {
          try {
            return farm.completion
                .complete(new Complete(hold.lease(), List.of(), Map.of()))
                .state()
                .name();
          } catch (InvalidValue e) {
            assertThat(e).hasMessageContaining("resolved");
            return null;
          }
        });
  }

  private void fail(Hold hold) {
    FailureReason reason = REASONS[random.nextInt(REASONS.length)];
    ask(
        hold,
        "failed",
        () ->
            farm.failing
                .fail(
                    new Fail(
                        hold.lease(), Stage.ASSEMBLE, new Failure(reason, "", ""), null, Map.of()))
                .state()
                .name());
  }

  private void release(Hold hold) {
    ask(
        hold,
        "released",
        () -> farm.releases.release(new Release(hold.lease(), "walked on")).state().name());
  }

  /** Another's fence, or a secret that is none, opens nothing. */
  private void forge(Hold hold) {
    Lease real = hold.lease();
    Lease forged =
        random.nextBoolean()
            ? new Lease(real.build(), real.fence() + 1 + random.nextInt(3), real.secret())
            : new Lease(real.build(), real.fence(), TestWorker.nonce());
    try {
      farm.releases.release(new Release(forged, "forged"));
    } catch (LeaseLost e) {
      return;
    }
    throw new AssertionError("a forged lease was accepted: " + hold.key());
  }

  private void loseLease(Hold hold) {
    sql.accept(
        "update build set lease_until = now() - interval '1 second' where id = '%s' and fence = %d"
            .formatted(hold.lease().build(), hold.lease().fence()));
  }

  /**
   * Makes a worker's call and holds its answer against what is known.
   *
   * @param end what the attempt's result is if the call ends it
   * @param call answers with the build's state if it ended the attempt, else with null
   */
  private void ask(Hold hold, String end, Supplier<@Nullable String> call) {
    boolean dead = ledger.isDead(hold);
    boolean endedSo = ledger.end(hold).filter(before -> before.how().equals(end)).isPresent();
    // Another thread may have ended it so, and be just about to tell: an equal end counts again.
    boolean again = ledger.isTriedAgain(hold, end);
    String answer;
    try {
      answer = call.get();
    } catch (LeaseLost e) {
      assertThat(endedSo).as("%s: %s again got another answer", hold.key(), end).isFalse();
      ledger.refused(hold);
      return;
    }
    assertThat(dead && (answer == null || !again))
        .as("%s: %s was accepted, after the lease was another's or over", hold.key(), end)
        .isFalse();
    if (answer != null) {
      ledger.ended(hold, new Ended(end, answer));
    }
  }
}
