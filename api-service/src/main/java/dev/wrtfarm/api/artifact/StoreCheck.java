package dev.wrtfarm.api.artifact;

import dev.wrtfarm.api.artifact.KnownObjects.Known;
import dev.wrtfarm.api.artifact.ObjectStore.Listed;
import dev.wrtfarm.api.tick.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Compares the rows with the store, page by page in the order of the keys. All replicas share one
 * round: each takes the next page that nobody holds.
 *
 * <h2>A PRESENT row whose object is missing, or has another size</h2>
 *
 * <p>The row is doomed: its records are "expired", they answer no more, and the next request
 * builds. That can be taken back. Nothing is deleted while a record refers to it, so a store that
 * was only half there (a disk that was not mounted, a bucket that was restored later) costs builds
 * and no bytes: when a later round finds the object whole again, the row is PRESENT again. See
 * {@link Collector} for why nobody deletes it in between.
 *
 * <h2>An object that no row knows</h2>
 *
 * <p>An upload that ended after its row was gone, or a database that was restored from a backup. A
 * row is there before its object and keys are never given out twice, so such an object is never
 * referred to by this database again, and could be deleted at once. But if the database is
 * yesterday's, today's objects are all unknown, and a database that was set up for the wrong bucket
 * knows none at all. So an unknown object is only written down when it is first seen, and deleted
 * when this database has not known it for a long grace, however old the object itself is: time for
 * an operator to see the metric and the log, and to bring the right database back. Only keys of our
 * own form are ever deleted.
 */
@ApplicationScoped
class StoreCheck {
  private static final Logger LOG = Logger.getLogger(StoreCheck.class);
  private static final int PAGE = 1_000;

  private final CheckProgress progress;
  private final KnownObjects known;
  private final UnknownObjects unknown;
  private final ObjectStore store;
  private final StoreFigures figures;
  private final Ticker ticker;

  StoreCheck(
      CheckProgress progress,
      KnownObjects known,
      UnknownObjects unknown,
      ObjectStore store,
      StoreFigures figures,
      StoreCheckConfig config) {
    this.progress = progress;
    this.known = known;
    this.unknown = unknown;
    this.store = store;
    this.figures = figures;
    Duration pause =
        config.interval().compareTo(config.pause()) < 0 ? config.interval() : config.pause();
    ticker = new Ticker("store-check", pause, this::check);
  }

  void start(@Observes StartupEvent event) {
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  /** Whatever is due of a round, then what was unknown for long. */
  void check() {
    for (Optional<String> after = progress.take(); after.isPresent(); after = progress.take()) {
      progress.reached(after.get(), comparePage(after.get()));
    }
    unknown.deleteOld(store, figures);
  }

  /** Answers with the key that the next page begins after; empty at the end of the round. */
  private String comparePage(String after) {
    List<Listed> listed = store.list(Blobs.FOLDER, after, PAGE);
    boolean last = listed.size() < PAGE;
    String upTo = last ? "" : listed.getLast().key();
    List<Known> rows = known.between(after, upTo);
    if (rows.size() == KnownObjects.MOST) {
      // More rows than objects: go on after the last of these.
      String end = rows.getLast().objectKey();
      listed = listed.stream().filter(each -> each.key().compareTo(end) <= 0).toList();
      upTo = end;
    }
    compare(rows, listed);
    return upTo;
  }

  private void compare(List<Known> rows, List<Listed> listed) {
    Map<String, Listed> objects =
        listed.stream().collect(Collectors.toMap(Listed::key, Function.identity(), (a, b) -> a));
    for (Known row : rows) {
      Listed object = objects.remove(row.objectKey());
      boolean whole = object != null && object.size() == row.size();
      if (row.state() == Blob.State.PRESENT && !whole) {
        missing(row);
      } else if (row.state() == Blob.State.DOOMED && whole) {
        returned(row);
      }
    }
    unknown.note(List.copyOf(objects.values()), store);
  }

  /** The listing is older than the row may be: the store is asked about this object alone. */
  private void missing(Known row) {
    if (!isWhole(row) && known.doom(row.id())) {
      figures.missing();
      LOG.warnf("the store has lost %s: what refers to it is expired", row.objectKey());
    }
  }

  private void returned(Known row) {
    if (known.isReferredTo(row.id()) && isWhole(row) && known.restore(row.id())) {
      figures.returned();
      LOG.infof("the store has %s again", row.objectKey());
    }
  }

  private boolean isWhole(Known row) {
    OptionalLong size = store.sizeOf(row.objectKey());
    return size.isPresent() && size.getAsLong() == row.size();
  }
}
