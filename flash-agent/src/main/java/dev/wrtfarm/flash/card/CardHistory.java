package dev.wrtfarm.flash.card;

import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.journal.JournalRecord.CardMarked;
import dev.wrtfarm.flash.journal.JournalRecord.Ended;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One card's life, run by run.
 *
 * <h2>Score</h2>
 *
 * Starts at 100 and loses by what runs find ({@link Fault}); a passed run at level QUALIFY, which
 * writes and reads the whole card, wins it all back except for wear.
 *
 * <h2>State</h2>
 *
 * A card that lied once (kept old data, or is smaller than it says) is suspect, for a reader can be
 * to blame; twice, in two readers if the card itself can be told apart, and it is quarantined for
 * good, until a person says otherwise.
 */
final class CardHistory {
  private static final int QUALIFIED_FROM = 70;
  private static final int FULL_WRITES_PER_POINT = 10;
  private static final int SLOWER = 3;
  private static final int BASELINE_RUNS = 3;

  private final String id;
  private final Set<String> liedIn = new HashSet<>();
  private int lies;
  private int penalty;
  private boolean qualified;
  private boolean suspect;
  private double fullWrites;
  private int runs;
  private int baselineRuns;
  private long baselineP99;
  private double baselineSpeed;
  private @Nullable CardState marked;
  private @Nullable String label;
  private @Nullable ImageFacts image;
  private @Nullable Instant since;
  private @Nullable Instant lastRun;
  private @Nullable Verdict lastVerdict;
  private @Nullable String slot;

  CardHistory(String id) {
    this.id = id;
  }

  void ended(Ended run, Instant at) {
    Verdict verdict = run.report().verdict();
    runs++;
    lastRun = at;
    lastVerdict = verdict;
    slot = run.slot();
    fullWrites += (double) run.report().bytesWritten() / Math.max(1, run.device().size());
    content(run, at);
    Fault fault = Fault.of(run.report());
    if (fault.lied()) {
      lies++;
      liedIn.add(run.slot());
    }
    penalty += fault.points();
    if (fault.makesSuspect()) {
      suspect = true;
      qualified = false;
    } else if (verdict == Verdict.PASSED && run.options().level() == Level.QUALIFY) {
      suspect = false;
      qualified = true;
      penalty = 0;
    }
    if (verdict == Verdict.PASSED && run.kind() == FlashKind.FLASH) {
      pace(run);
    }
  }

  /** Nobody knows what is on it. */
  void interrupted() {
    image = null;
    since = null;
  }

  void marked(CardMarked mark) {
    if (mark.label() != null) {
      label = mark.label();
    }
    if (mark.state() != null) {
      marked = mark.state();
      lies = 0;
      liedIn.clear();
      penalty = 0;
      suspect = false;
      qualified = false;
    }
  }

  private void content(Ended run, Instant at) {
    if (run.report().verdict() == Verdict.PASSED) {
      if (image == null || !image.rawSha256().equals(run.image().rawSha256()) || wrote(run)) {
        since = at;
      }
      image = run.image();
    } else if (wrote(run)) {
      interrupted();
    }
  }

  private static boolean wrote(Ended run) {
    return run.kind() == FlashKind.FLASH && run.report().wrote();
  }

  private void pace(Ended run) {
    long p99 = run.report().latency().p99();
    long millis = run.report().phaseMillis().getOrDefault("write", 0L);
    double speed = millis == 0 ? 0 : (double) run.image().rawSize() / millis;
    if (baselineRuns < BASELINE_RUNS) {
      baselineP99 = Math.max(baselineP99, p99);
      baselineSpeed = Math.max(baselineSpeed, speed);
      baselineRuns++;
      return;
    }
    if (p99 > SLOWER * baselineP99) {
      penalty += Fault.SLOW_POINTS;
    }
    if (speed > 0 && speed < baselineSpeed / 2) {
      penalty += Fault.SLOW_POINTS;
    }
  }

  int score() {
    return Math.clamp(100 - penalty - (long) fullWrites / FULL_WRITES_PER_POINT, 0, 100);
  }

  CardState state() {
    if (marked == CardState.RETIRED || marked == CardState.QUARANTINED) {
      return marked;
    }
    boolean itself = id.startsWith("cid:");
    if (lies >= 2 && (!itself || liedIn.size() >= 2)) {
      return CardState.QUARANTINED;
    }
    if (suspect || score() < QUALIFIED_FROM) {
      return CardState.SUSPECT;
    }
    return qualified || marked == CardState.QUALIFIED ? CardState.QUALIFIED : CardState.NEW;
  }

  CardRecord record() {
    return new CardRecord(
        id,
        label,
        state(),
        score(),
        runs,
        slot,
        lastRun,
        lastVerdict,
        image == null ? null : image.name(),
        image == null ? null : image.sha256(),
        image == null ? null : image.imageId(),
        since);
  }
}
