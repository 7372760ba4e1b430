package dev.wrtfarm.api.follow;

import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.api.log.LogPiece.Beyond;
import dev.wrtfarm.api.tick.Bell;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One follower, from look to look. */
final class Following<T> {
  /** However often the bell rings: a build that tells much is looked at in pieces. */
  private static final Duration BREATH = Duration.ofMillis(100);

  /** What a follower hears who has heard nothing for a while. */
  record Sign<T>(T item, Duration after) {}

  private final Bell bell = new Bell();
  private final Look<T> look;
  private final Duration interval;
  private final Optional<Sign<T>> sign;
  private final Executor looks;
  private final Troubles troubles;
  private Beyond beyond = Beyond.MORE;
  private volatile boolean sentAway;
  private long toldAt = System.nanoTime();

  Following(
      Look<T> look, Duration interval, Optional<Sign<T>> sign, Executor looks, Troubles troubles) {
    this.look = look;
    this.interval = interval;
    this.sign = sign;
    this.looks = looks;
    this.troubles = troubles;
  }

  void ring() {
    bell.ring();
  }

  /** Ends soon, if the follower knows that by itself from the end of the build. */
  void sendAway() {
    sentAway = sign.isPresent();
    bell.ring();
  }

  /** What the next look finds, which may be nothing. */
  Uni<Sight<T>> next() {
    return Uni.createFrom().completionStage(this::time).emitOn(looks).map(come -> sight());
  }

  /** When it is time to look. */
  private CompletionStage<Void> time() {
    if (beyond == Beyond.MORE) {
      return CompletableFuture.completedFuture(null);
    }
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, BREATH.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(over -> bell.heard(interval));
  }

  private Sight<T> sight() {
    Sight<T> sight = tried();
    beyond = sight.beyond();
    if (sight.seen().isEmpty() && sign.isPresent() && isSilentFor(sign.get().after())) {
      sight = new Sight<>(List.of(sign.get().item()), beyond);
    }
    if (!sight.seen().isEmpty()) {
      toldAt = System.nanoTime();
    }
    return sight;
  }

  private Sight<T> tried() {
    bell.muffle();
    if (sentAway) {
      return new Sight<>(List.of(), Beyond.NOTHING);
    }
    if (troubles.isTimeToRest()) {
      return nothing();
    }
    try {
      return look.look();
    } catch (NoSuchThing e) {
      return new Sight<>(List.of(), Beyond.NOTHING);
    } catch (RuntimeException e) {
      // Database or store are away. The place is kept, and a later look finds them again.
      troubles.seen(e);
      return nothing();
    }
  }

  private static <T> Sight<T> nothing() {
    return new Sight<>(List.of(), Beyond.LATER);
  }

  private boolean isSilentFor(Duration time) {
    return System.nanoTime() - toldAt >= time.toNanos();
  }
}
