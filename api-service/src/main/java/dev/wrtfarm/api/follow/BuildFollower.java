package dev.wrtfarm.api.follow;

import dev.wrtfarm.api.build.BuildViews;
import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.api.follow.Now.Progress;
import dev.wrtfarm.api.log.BuildLogs;
import dev.wrtfarm.api.log.LogPiece;
import dev.wrtfarm.api.log.LogPiece.Beyond;
import dev.wrtfarm.common.rest.BuildView;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Tells one follower of a build what is new to it: its state, how far it is, its log, and at last
 * its end, when all of the log was told.
 */
final class BuildFollower implements Look<Told> {
  private final String build;
  private final Session entities;
  private final BuildLogs logs;
  private final BuildViews views;
  private FollowerPlace place;
  private @Nullable Now known;

  BuildFollower(
      String build, FollowerPlace place, Session entities, BuildLogs logs, BuildViews views) {
    this.build = build;
    this.place = place;
    this.entities = entities;
    this.logs = logs;
    this.views = views;
  }

  /** Reads everything first: a look that fails has changed nothing. */
  @Override
  public Sight<Told> look() {
    LogPiece piece = logs.read(build, place.log());
    // After the log: the state that is told before the end is the last one.
    Now now =
        QuarkusTransaction.requiringNew()
            .call(() -> Now.of(entities, build))
            .orElseThrow(() -> new NoSuchThing("build", build));
    Optional<BuildView> end =
        piece.beyond() == Beyond.NOTHING ? Optional.of(views.view(build)) : Optional.empty();

    List<Told> news = new ArrayList<>();
    tellState(now, news);
    place = place.having(piece.next());
    if (!piece.text().isEmpty()) {
      news.add(new Told(Told.LOG, place, new LogText(piece.text())));
    }
    end.ifPresent(view -> news.add(new Told(Told.END, place.atEnd(), view)));
    return new Sight<>(news, piece.beyond());
  }

  private void tellState(Now now, List<Told> news) {
    Now before = known;
    boolean unchanged = now.equals(before) || now.digest().equals(place.known());
    known = now;
    if (unchanged) {
      return;
    }
    FollowerPlace told = place.knowing(now.digest());
    Progress progress = now.progress();
    boolean progressed =
        progress.stage() != null && (before == null || !progress.equals(before.progress()));
    if (before == null || !now.state().equals(before.state())) {
      // Who hears this and not the stage after it does not know all of it: both come again then.
      news.add(new Told(Told.STATE, progressed ? place : told, now.state()));
    }
    if (progressed) {
      news.add(new Told(Told.STAGE, told, progress));
    }
    place = told;
  }
}
