package dev.wrtfarm.flash.card;

import dev.wrtfarm.flash.journal.JournalRecord.Ended;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** When several cards fail in one slot, the reader is to blame rather than the cards. */
final class SlotHistory {
  private static final int RUNS = 20;
  private static final int CARDS_TO_BLAME = 2;

  private final Deque<Run> runs = new ArrayDeque<>();

  private record Run(String card, boolean faulty) {}

  void ended(Ended run) {
    runs.addLast(new Run(run.card(), Fault.of(run.report()).makesSuspect()));
    if (runs.size() > RUNS) {
      runs.removeFirst();
    }
  }

  /** The share of cards of the last runs that did not fail, if more than one did. */
  int score() {
    Set<String> all = new HashSet<>();
    Set<String> failed = new HashSet<>();
    for (Run run : runs) {
      all.add(run.card());
      if (run.faulty()) {
        failed.add(run.card());
      }
    }
    return failed.size() < CARDS_TO_BLAME ? 100 : 100 - 100 * failed.size() / all.size();
  }
}
