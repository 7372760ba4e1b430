package dev.wrtfarm.api.flashlease;

import dev.wrtfarm.api.flash.FlashChanged;
import dev.wrtfarm.api.flash.FlashRequested;
import dev.wrtfarm.api.lab.Calls;
import dev.wrtfarm.api.lab.LabNames;
import dev.wrtfarm.api.lease.LeaseSecret;
import dev.wrtfarm.api.tick.Bell;
import dev.wrtfarm.api.tick.Waiting;
import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.value.InvalidValue;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Agents that wait for work. One looks when something happens at its host, and every two seconds
 * besides, for it may have happened at another replica. Between two looks it holds no thread and no
 * connection.
 */
@ApplicationScoped
public class AgentWaits {
  private static final int LONGEST_SECONDS = 30;
  private static final int MOST_SLOTS = 200;
  private static final int LOOKS = 4;
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final FlashClaims claims;
  private final Calls calls;
  private final Waiting<Bell> bells = new Waiting<>();
  private final ExecutorService looks =
      Executors.newFixedThreadPool(LOOKS, Thread.ofPlatform().daemon().name("claim-", 0).factory());
  private volatile boolean stopping;

  AgentWaits(FlashClaims claims, Calls calls) {
    this.claims = claims;
    this.calls = calls;
  }

  /** Work for one of these slots; empty when there was none for so long. */
  public Uni<Optional<FlashWork>> claim(FlashClaim asked) {
    check(asked);
    Bell bell = new Bell();
    long until = System.nanoTime() + Duration.ofSeconds(asked.waitSeconds()).toNanos();
    return Uni.createFrom()
        .deferred(() -> {
          bells.enter(asked.host(), bell);
          return look(asked, bell, until);
        })
        .onTermination()
        .invoke(() -> bells.leave(asked.host(), bell));
  }

  private static void check(FlashClaim asked) {
    LeaseSecret.check(asked.nonce());
    LabNames.check("host", asked.host());
    if (asked.waitSeconds() < 0 || asked.waitSeconds() > LONGEST_SECONDS) {
      throw new InvalidValue(
          "waitSeconds", Integer.toString(asked.waitSeconds()), "give 0 to " + LONGEST_SECONDS);
    }
    if (asked.slots().size() > MOST_SLOTS) {
      throw new InvalidValue(
          "slots", asked.slots().size() + " slots", "give at most " + MOST_SLOTS);
    }
  }

  private Uni<Optional<FlashWork>> look(FlashClaim asked, Bell bell, long until) {
    return Uni.createFrom()
        .item(() -> {
          bell.muffle();
          calls.seen(asked.host());
          return claims.claim(asked);
        })
        .runSubscriptionOn(looks)
        .flatMap(found -> {
          Duration left = Duration.ofNanos(until - System.nanoTime());
          return found.isPresent() || stopping || !left.isPositive()
              ? Uni.createFrom().item(found)
              : await(bell, left).flatMap(rung -> look(asked, bell, until));
        });
  }

  private static Uni<Void> await(Bell bell, Duration left) {
    return Uni.createFrom()
        .completionStage(() -> bell.heard(left.compareTo(INTERVAL) < 0 ? left : INTERVAL));
  }

  void requested(@Observes(during = TransactionPhase.AFTER_SUCCESS) FlashRequested request) {
    ring(request.host());
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) FlashChanged change) {
    ring(change.host());
  }

  private void ring(String host) {
    bells.forNewsOf(host).forEach(Bell::ring);
  }

  /** Who waits here asks another replica, or this one when it is back. */
  void sendAway(@Observes ShutdownDelayInitiatedEvent event) {
    stopping = true;
    bells.all().forEach(Bell::ring);
  }

  void stop(@Observes ShutdownEvent event) {
    looks.shutdownNow();
  }
}
