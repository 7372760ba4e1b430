package dev.wrtfarm.flash.journal;

import dev.wrtfarm.flash.journal.JournalRecord.Acknowledged;
import dev.wrtfarm.flash.journal.JournalRecord.CardMarked;
import dev.wrtfarm.flash.journal.JournalRecord.Created;
import dev.wrtfarm.flash.journal.JournalRecord.Ended;
import dev.wrtfarm.flash.journal.JournalRecord.Intent;
import dev.wrtfarm.flash.journal.JournalRecord.Interrupted;
import dev.wrtfarm.flash.journal.JournalRecord.Planned;
import dev.wrtfarm.flash.journal.JournalRecord.Resolved;
import dev.wrtfarm.flash.journal.JournalRecord.Started;
import dev.wrtfarm.flash.journal.JournalRecord.Withdrawn;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the journal says about runs: which tokens are used up, and which runs have not ended. */
public final class Ledger implements Consumer<Entry> {
  private static final int PLANS = 1000;

  private final Set<String> usedTokens = new HashSet<>();
  private final Map<String, OpenRun> open = new LinkedHashMap<>();
  private final Set<String> intended = new HashSet<>();
  private final Map<String, Planned> plans =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Planned> eldest) {
          return size() > PLANS;
        }
      };

  /**
   * A run that nothing has ended yet.
   *
   * @param interrupted why nobody knows what its card holds; null while its lane may still tell
   */
  public record OpenRun(Intent intent, boolean acknowledged, @Nullable String interrupted) {}

  @Override
  public synchronized void accept(Entry entry) {
    entry.what().ifPresent(this::take);
  }

  private void take(JournalRecord what) {
    switch (what) {
      case Planned planned -> plans.put(planned.tokenSha256(), planned);
      case Intent intent -> {
        usedTokens.add(intent.tokenSha256());
        intended.add(intent.job());
        open.put(intent.job(), new OpenRun(intent, false, null));
      }
      case Acknowledged it ->
          open.computeIfPresent(
              it.job(), (job, run) -> new OpenRun(run.intent(), true, run.interrupted()));
      case Interrupted it ->
          open.computeIfPresent(
              it.job(), (job, run) -> new OpenRun(run.intent(), run.acknowledged(), it.reason()));
      case Withdrawn it -> open.remove(it.job());
      case Ended it -> open.remove(it.job());
      case Resolved it -> open.remove(it.job());
      case Created it -> {}
      case Started it -> {}
      case CardMarked it -> {}
    }
  }

  /** Whether a run has begun with it, whatever became of that. */
  public synchronized boolean isUsed(String token) {
    return usedTokens.contains(Journal.standIn(token));
  }

  /** What the token's plan said; the oldest plans are forgotten. */
  public synchronized Optional<Planned> planOf(String token) {
    return Optional.ofNullable(plans.get(Journal.standIn(token)));
  }

  public synchronized Optional<OpenRun> openRun(String job) {
    return Optional.ofNullable(open.get(job));
  }

  /** Whether a run of this job was ever intended; there is never a second one. */
  public synchronized boolean isIntended(String job) {
    return intended.contains(job);
  }

  public synchronized List<OpenRun> openRuns() {
    return List.copyOf(open.values());
  }

  /** The run that has this reader's port or this card to itself. */
  public synchronized Optional<OpenRun> holding(String port, String card) {
    return open.values().stream()
        .filter(
            run -> run.intent().device().port().equals(port) || run.intent().card().equals(card))
        .findFirst();
  }
}
