package dev.wrtfarm.api.artifact;

import dev.wrtfarm.api.artifact.UnusedBlobs.Doomed;
import dev.wrtfarm.api.tick.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Deletes objects that nobody needs. It runs on every replica and none is special: each takes rows
 * that no other holds.
 *
 * <h2>The rules</h2>
 *
 * <ol>
 *   <li>Every upload has a row and a key of its own. The row is there before the URL is handed out,
 *       the key is never given out again, and the row outlives the object.
 *   <li>An object is deleted only while its row is DOOMED and nobody refers to it.
 *   <li>Nobody refers to a DOOMED row anew: only {@link Uploads#settle} makes references, under the
 *       locks of rows that are PENDING or PRESENT then, and DOOMED is left only by {@link
 *       StoreCheck}, and only for a row that somebody still refers to.
 *   <li>A row becomes DOOMED here only if, under its lock and in a statement that began after the
 *       lock was had, nobody refers to it and its last use is older than {@link Lifetimes#grace}.
 *   <li>Whoever hands out a URL has noted a use on a row that was PRESENT ({@link Downloads}),
 *       after signing the URL and before the caller sees it.
 * </ol>
 *
 * <h2>A URL was handed out in the same moment</h2>
 *
 * <p>Noting the use and dooming both need the row's lock. If the note comes first, the collector
 * passes the row over, or then finds a young last use. If the collector comes first, the note finds
 * no PRESENT row, and the caller is told that the file is expired; no URL leaves. When the note is
 * left out because the last one is at most {@link Lifetimes#touchEvery} old, that last one is
 * committed, last uses only grow, and the grace has this time in it: the row cannot be doomed
 * before the URL has run out and a download that began in its last second is over.
 *
 * <h2>A worker was told that it need not send</h2>
 *
 * <p>{@link Uploads#wanted} touches the PRESENT row, so the end has the whole grace to come. If it
 * comes later still, the row may be DOOMED or gone: settle does not find it, nothing ends, and the
 * worker is asked to send the bytes, to a fresh key.
 *
 * <h2>A build ends in the same moment</h2>
 *
 * <p>Settle locks the rows that it will refer to until its transaction is over. If it is first, the
 * collector skips them, and afterwards its second statement sees the references. If the collector
 * is first, settle waits, and then reads the rows anew, in a statement of its own: DOOMED ones are
 * not among them, so "send these again". Whether an object is whole was asked before the
 * transaction; what was seen then can only have gone by way of DOOMED, so a row that is not DOOMED
 * under the lock still has it.
 *
 * <h2>A record is reused in the same moment</h2>
 *
 * <p>The record refers to its rows, so none of them can be doomed here. Retention deletes records
 * under the lock that reuse takes as well, and never one that was used lately.
 *
 * <h2>A record is deleted while its files are downloaded</h2>
 *
 * <p>References go, uses stay: each row still has its last use, and its grace.
 *
 * <h2>A log is read by this service itself</h2>
 *
 * <p>It looks the row up and reads a piece at once, and again for the next piece. When record and
 * object went in between, it has no more to show, as if it had been asked a moment later.
 *
 * <h2>Uploads that nobody took</h2>
 *
 * <p>A worker died, lost its lease, or asked for URLs twice. PENDING rows are not a build's but a
 * digest's: until they are doomed any end with that digest may take them. They are doomed when
 * their URL ran out so long ago that an upload that began in its last second is over. An upload
 * that takes longer still makes its object after that, maybe after the deletion, under a key
 * without a row; nobody ever refers to it, and the store check finds it.
 *
 * <h2>The store is away, or a replica dies</h2>
 *
 * <p>Doomed rows stay until their object was seen to be gone; deleting twice is harmless. So
 * several replicas may even delete the same one.
 *
 * <h2>What is assumed</h2>
 *
 * <p>Clocks of database, services and store are at most wrtfarm.s3.clock-slack apart, downloads
 * take at most wrtfarm.s3.longest-download, all replicas have the same lifetimes, and nobody else
 * writes below the bucket's {@code blobs/}.
 */
@ApplicationScoped
class Collector {
  private static final Logger LOG = Logger.getLogger(Collector.class);
  private static final Duration SHORTEST_HOLD = Duration.ofSeconds(30);
  private static final int MOST_FAILURES = 3;

  private final UnusedBlobs rows;
  private final ObjectStore store;
  private final CollectorFigures figures;
  private final Duration hold;
  private final Ticker ticker;

  Collector(UnusedBlobs rows, ObjectStore store, CollectorFigures figures, CollectorConfig config) {
    this.rows = rows;
    this.store = store;
    this.figures = figures;
    hold = config.interval().compareTo(SHORTEST_HOLD) > 0 ? config.interval() : SHORTEST_HOLD;
    ticker = new Ticker("collector", config.interval(), this::collect);
  }

  void start(@Observes StartupEvent event) {
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  /** Dooms whatever can be, then deletes whatever is due. */
  void collect() {
    untilNone(rows::doomUnused);
    figures.abandoned(untilNone(rows::doomAbandoned));
    int failures = 0;
    for (List<Doomed> due = rows.take(hold); !due.isEmpty(); due = rows.take(hold)) {
      for (Doomed each : due) {
        failures += isDeleted(each, failures) ? 0 : 1;
      }
    }
  }

  private static int untilNone(IntSupplier some) {
    int all = 0;
    for (int now = some.getAsInt(); now > 0; now = some.getAsInt()) {
      all += now;
    }
    return all;
  }

  /** One object that cannot be deleted must not keep the others; a store that is away may. */
  private boolean isDeleted(Doomed doomed, int failuresBefore) {
    try {
      delete(doomed);
      return true;
    } catch (StoreUnavailable e) {
      if (failuresBefore >= MOST_FAILURES) {
        throw e;
      }
      LOG.debugf("%s: %s", doomed.objectKey(), e.getMessage());
      return false;
    }
  }

  /** In no transaction. The row goes when the object has been seen to be gone. */
  private void delete(Doomed doomed) {
    store.delete(doomed.objectKey());
    if (store.sizeOf(doomed.objectKey()).isEmpty() && rows.forget(doomed.id())) {
      figures.collected(doomed.size());
    }
  }
}
