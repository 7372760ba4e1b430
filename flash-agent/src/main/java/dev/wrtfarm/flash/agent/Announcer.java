package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.Inventory;
import dev.wrtfarm.common.agent.InventoryReply;
import dev.wrtfarm.common.agent.JournalLines;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.farm.FarmUnreachable;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.lane.Settlement;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the farm what this host has, when it starts, when something changes, and every minute; and
 * gives it the journal's lines that it does not have yet. It also ends the runs of which nobody
 * else will say how they ended, such as a local one whose terminal went away.
 */
final class Announcer implements Runnable {
  private static final System.Logger LOG = System.getLogger(Announcer.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Of a run with all its mismatches a line has 12 KiB; the farm takes 1 MiB at a time. */
  private static final int LINES = 50;

  private final String host;
  private final Inventories inventories;
  private final Journal journal;
  private final Settlement settlement;
  private final Farm farm;
  private final Semaphore nudge = new Semaphore(1);
  private @Nullable Inventory told;
  private long toldAt;
  private long mirrored;

  Announcer(
      String host, Inventories inventories, Journal journal, Settlement settlement, Farm farm) {
    this.host = host;
    this.inventories = inventories;
    this.journal = journal;
    this.settlement = settlement;
    this.farm = farm;
  }

  /** Look now. */
  void nudge() {
    if (nudge.availablePermits() == 0) {
      nudge.release();
    }
  }

  @Override
  public void run() {
    int failures = 0;
    try {
      while (true) {
        boolean nudged = nudge.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        LOG.log(Level.TRACE, "nudged: {0}", nudged);
        try {
          journal.refresh();
          sweep();
          announce();
          mirror();
          failures = 0;
        } catch (FarmUnreachable e) {
          LOG.log(failures == 0 ? Level.WARNING : Level.DEBUG, "no farm: {0}", e.getMessage());
          told = null;
          Thread.sleep(farm.patience().backoff().after(failures++));
        } catch (IOException | RuntimeException e) {
          LOG.log(Level.ERROR, "this host cannot be looked at", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is wrong with one run's folder must not hide the host. */
  private void sweep() {
    try {
      settlement.sweep();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "a run's end cannot be told", e);
    }
  }

  private void announce() throws FarmUnreachable, IOException, InterruptedException {
    Inventory now = inventories.now();
    if (!now.equals(told) || System.nanoTime() - toldAt > LONGEST.toNanos()) {
      heard(farm.inventory(now));
      told = now;
      toldAt = System.nanoTime();
    }
  }

  private void mirror() throws FarmUnreachable, IOException, InterruptedException {
    while (mirrored > 0 && mirrored < journal.next()) {
      List<String> lines = journal.lines(mirrored, LINES);
      long before = mirrored;
      heard(farm.journal(new JournalLines(host, mirrored, lines)));
      if (mirrored <= before) {
        return;
      }
    }
  }

  private void heard(InventoryReply reply) {
    mirrored = reply.journalNext();
    if (mirrored > journal.next()) {
      LOG.log(
          Level.ERROR,
          "the farm has {0} lines of this host''s journal, and the journal has {1}: it was put back"
              + " to an earlier state, or made anew; look at it with 'journal verify'",
          mirrored - 1,
          journal.next() - 1);
    }
  }
}
