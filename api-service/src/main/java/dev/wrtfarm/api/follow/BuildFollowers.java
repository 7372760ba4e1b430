package dev.wrtfarm.api.follow;

import dev.wrtfarm.api.build.BuildViews;
import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.api.log.BuildLogs;
import dev.wrtfarm.api.log.LogPiece;
import dev.wrtfarm.api.log.LogPlace;
import dev.wrtfarm.common.value.InvalidValue;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Follows builds: everything that happens to one, or its log alone. Each look has a transaction of
 * its own; one around a stream would last as long as that, and keep a connection.
 */
@ApplicationScoped
public class BuildFollowers {
  private final Followers followers;
  private final Session entities;
  private final BuildLogs logs;
  private final BuildViews views;

  BuildFollowers(Followers followers, Session entities, BuildLogs logs, BuildViews views) {
    this.followers = followers;
    this.entities = entities;
    this.logs = logs;
    this.views = views;
  }

  /**
   * What happens to a build.
   *
   * @param after the follower's place, where it goes on
   * @return with {@link Told#SIGN} for when nothing happens; empty when the follower has heard the
   *     end
   */
  public Optional<Multi<Told>> follow(String build, Optional<String> after) {
    Now now = existing(build);
    FollowerPlace place = after.map(id -> place(id, now)).orElse(FollowerPlace.START);
    if (place.isEnd() && !now.state().state().isUnfinished()) {
      return Optional.empty();
    }
    return Optional.of(
        followers.follow(build, new BuildFollower(build, place, entities, logs, views), Told.SIGN));
  }

  private static FollowerPlace place(String id, Now now) {
    FollowerPlace place = FollowerPlace.parse("Last-Event-ID", id);
    if (place.log().attempt() > Math.max(1, now.state().attempt())) {
      throw new InvalidValue("Last-Event-ID", id, "the build has no such attempt; begin without");
    }
    return place;
  }

  /** The log as it grows, until the build ends. */
  public Multi<String> followLog(String build) {
    existing(build);
    return followers.follow(build, new LogFollower(build));
  }

  private Now existing(String build) {
    return QuarkusTransaction.requiringNew()
        .call(() -> Now.of(entities, build))
        .orElseThrow(() -> new NoSuchThing("build", build));
  }

  private final class LogFollower implements Look<String> {
    private final String build;
    private LogPlace place = LogPlace.START;

    LogFollower(String build) {
      this.build = build;
    }

    @Override
    public Sight<String> look() {
      LogPiece piece = logs.read(build, place);
      place = piece.next();
      return new Sight<>(
          piece.text().isEmpty() ? List.of() : List.of(piece.text()), piece.beyond());
    }
  }
}
