package dev.wrtfarm.flash.lane;

import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.JournalRecord;
import dev.wrtfarm.flash.journal.JournalRecord.Ended;
import dev.wrtfarm.flash.journal.JournalRecord.Intent;
import dev.wrtfarm.flash.journal.JournalRecord.Interrupted;
import dev.wrtfarm.flash.journal.JournalRecord.Withdrawn;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.journal.Ledger.OpenRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Writes into the journal how runs ended, also those whose parent did not live to see it. */
public final class Settlement {
  private final Path data;
  private final Journal journal;
  private final Ledger ledger;

  public Settlement(Path data, Journal journal, Ledger ledger) {
    this.data = data;
    this.journal = journal;
    this.ledger = ledger;
  }

  /**
   * Every open run whose lane is gone. Whoever shares the journal may do so, and it is done once.
   */
  public void sweep() throws IOException {
    journal.refresh();
    for (OpenRun run : ledger.openRuns()) {
      LaneFolder folder = LaneFolder.of(data, run.intent().job());
      if (run.interrupted() == null && !folder.isAlive()) {
        settle(folder, Optional.of(LaneEnd.of(folder, "and nobody followed it")));
      }
    }
  }

  Optional<LaneEnd> settle(LaneFolder folder, Optional<LaneEnd> end) throws IOException {
    if (end.isPresent()) {
      journal.exclusively(writer -> {
        Optional<OpenRun> run = ledger.openRun(folder.job());
        if (run.isPresent() && run.get().interrupted() == null) {
          writer.append(line(run.get().intent(), end.get()));
        }
        return true;
      });
    }
    return end;
  }

  private static JournalRecord line(Intent intent, LaneEnd end) {
    return switch (end) {
      case LaneEnd.Reported it ->
          new Ended(
              intent.job(),
              intent.kind(),
              intent.slot(),
              intent.device(),
              intent.image(),
              intent.options(),
              it.report());
      case LaneEnd.NeverBegun it -> new Withdrawn(intent.job(), it.reason());
      case LaneEnd.CutOff it -> new Interrupted(intent.job(), it.reason());
    };
  }
}
