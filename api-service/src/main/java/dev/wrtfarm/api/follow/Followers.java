package dev.wrtfarm.api.follow;

import dev.wrtfarm.api.log.LogPiece.Beyond;
import dev.wrtfarm.api.tick.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Those who follow builds at this replica. A follower looks when somebody rings for its build, and
 * every few seconds besides: a lost event costs it that while, and never the end. Between two looks
 * it holds no thread and no connection; and it looks only when its reader has taken what the last
 * look found, so a slow reader costs one piece of memory.
 */
@ApplicationScoped
public class Followers {
  /** Looks at a time; the rest of the service needs the database too. */
  private static final int LOOKS = 4;

  private final FollowConfig config;
  private final Waiting<Following<?>> streams = new Waiting<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Troubles troubles = new Troubles();
  private final ExecutorService looks =
      Executors.newFixedThreadPool(LOOKS, Thread.ofPlatform().daemon().name("look-", 0).factory());

  Followers(FollowConfig config, MeterRegistry registry) {
    this.config = config;
    Gauge.builder("wrtfarm.followers", count::get)
        .description("Those who follow a build at this replica")
        .register(registry);
  }

  /** Who can go on elsewhere need not hold up the end of this replica. */
  void sendAway(@Observes ShutdownDelayInitiatedEvent event) {
    streams.all().forEach(Following::sendAway);
  }

  void stop(@Observes ShutdownEvent event) {
    looks.shutdownNow();
  }

  /** Something happened to this build. */
  public void ring(String build) {
    streams.forNewsOf(build).forEach(Following::ring);
  }

  /** What the looks find, until one finds the end. Such a follower takes any other end for that. */
  public <T> Multi<T> follow(String build, Look<T> look) {
    return stream(
        build, new Following<>(look, config.interval(), Optional.empty(), looks, troubles));
  }

  /**
   * What the looks find, until one finds the end, or the follower is sent to another replica.
   *
   * @param sign of life, for when there was nothing else for a while
   */
  public <T> Multi<T> follow(String build, Look<T> look, T sign) {
    Following.Sign<T> signs = new Following.Sign<>(sign, config.silence());
    return stream(
        build, new Following<>(look, config.interval(), Optional.of(signs), looks, troubles));
  }

  private <T> Multi<T> stream(String build, Following<T> following) {
    if (count.get() >= config.most()) {
      throw new TooManyFollowers(config.most());
    }
    return Multi.createFrom()
        .deferred(() -> {
          enter(build, following);
          return Multi.createBy()
              .repeating()
              .uni(following::next)
              .whilst(sight -> sight.beyond() != Beyond.NOTHING)
              .onItem()
              .transformToIterable(Sight::seen)
              .onTermination()
              .invoke(() -> leave(build, following));
        });
  }

  private void enter(String build, Following<?> following) {
    count.incrementAndGet();
    streams.enter(build, following);
  }

  private void leave(String build, Following<?> following) {
    count.decrementAndGet();
    streams.leave(build, following);
  }
}
