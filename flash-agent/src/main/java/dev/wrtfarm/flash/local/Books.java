package dev.wrtfarm.flash.local;

import dev.wrtfarm.flash.card.CardBook;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.lane.LaneFolder;
import dev.wrtfarm.flash.lane.Settlement;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The journal of a data folder, which an agent may be using at the same time. */
record Books(Path data, Journal journal, Ledger ledger, CardBook cards, Settlement settlement)
    implements AutoCloseable {
  static Books open(Path data) throws IOException, UsageWrong {
    Path parent = data.toAbsolutePath().getParent();
    if (!Files.isDirectory(data) && (parent == null || !Files.isWritable(parent))) {
      throw new UsageWrong(
          "there is no %s, and this user cannot make it: name a folder with --data"
              .formatted(data));
    }
    if (Files.isDirectory(data) && !Files.isWritable(data)) {
      throw new UsageWrong(
          "this user cannot write to %s: run it as the agent's user, or name a folder with --data"
              .formatted(data));
    }
    Ledger ledger = new Ledger();
    CardBook cards = new CardBook();
    Journal journal =
        Journal.open(
            data,
            InetAddress.getLocalHost().getHostName(),
            InstantSource.system(),
            List.of(ledger, cards));
    Settlement settlement = new Settlement(data, journal, ledger);
    settlement.sweep();
    Books books = new Books(data, journal, ledger, cards, settlement);
    books.tidy();
    return books;
  }

  /** What is settled and of no farm. */
  private void tidy() throws IOException {
    for (LaneFolder folder : LaneFolder.all(data)) {
      boolean settled = ledger.isIntended(folder.job()) && ledger.openRun(folder.job()).isEmpty();
      if (settled && !Files.exists(folder.lease()) && !folder.isAlive()) {
        folder.delete();
      }
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
