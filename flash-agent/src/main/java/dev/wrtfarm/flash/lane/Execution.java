package dev.wrtfarm.flash.lane;

import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.JournalRecord.Acknowledged;
import dev.wrtfarm.flash.journal.JournalRecord.Intent;
import dev.wrtfarm.flash.journal.JournalRecord.Withdrawn;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.journal.Ledger.OpenRun;
import dev.wrtfarm.flash.plan.Holding;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Carries a confirmed plan out, at most once.
 *
 * <h2>The order</h2>
 *
 * <ol>
 *   <li>The lane's process has the device open, has checked everything again, and says READY.
 *   <li>The intent is on the disk: with it the token is used up, whatever happens next.
 *   <li>The {@link Word} is given: the farm knows that the card will be written to.
 *   <li>The acknowledgement is on the disk.
 *   <li>The lane gets its go.
 * </ol>
 *
 * <h2>Killed in between</h2>
 *
 * Before the go the lane dies with its parent and has written nothing; what is open in the journal
 * is then withdrawn, and never tried again, for its token is used. After the go the lane finishes;
 * {@link Settlement} finds its report. Only a lane that is killed itself leaves a card of which
 * nobody knows what it holds.
 */
public final class Execution {
  private static final System.Logger LOG = System.getLogger(Execution.class.getName());
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final Duration OPENING = Duration.ofSeconds(60);
  private static final Duration LEAVING = Duration.ofSeconds(30);

  private final Path data;
  private final Journal journal;
  private final Ledger ledger;
  private final Settlement settlement;
  private final List<String> laneCommand;
  private final Watchdog watchdog;

  public Execution(
      Path data,
      Journal journal,
      Ledger ledger,
      Settlement settlement,
      List<String> laneCommand,
      Watchdog watchdog) {
    this.data = data;
    this.journal = journal;
    this.ledger = ledger;
    this.settlement = settlement;
    this.laneCommand = List.copyOf(laneCommand);
    this.watchdog = watchdog;
  }

  /**
   * What a lane's folder is made from.
   *
   * @param lease of the farm's job
   */
  public record Material(
      LaneOrder order, Path image, Optional<byte[]> config, Optional<byte[]> lease) {}

  /**
   * @param token whose stand-in the intent names
   * @return how it ended; empty when the card is stuck and the watch did not want to wait
   * @throws DeviceRefused nothing was written
   * @throws Word.Withheld nothing was written
   */
  public Optional<LaneEnd> run(
      Intent intent, String token, Material material, Word word, RunWatch watch)
      throws DeviceRefused, Word.Withheld, IOException, InterruptedException {
    LaneFolder folder = LaneFolder.of(data, intent.job());
    requireUnused(intent, token);
    folder.create(material);
    Lane lane = Lane.start(folder, laneCommand);
    boolean gone = false;
    try {
      lane.awaitReady(OPENING);
      intend(intent, token);
      withWord(intent, word);
      gone = true;
      lane.go();
    } finally {
      if (!gone) {
        leave(folder, lane);
      }
    }
    return afterGo(folder, lane, watch);
  }

  /** Nothing was written. An archive of passwords and an image's space are not kept for that. */
  private static void leave(LaneFolder folder, Lane lane) throws InterruptedException {
    lane.abandon();
    if (lane.awaitGone(LEAVING)) {
      try {
        folder.delete();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "job {0}: its folder stays: {1}", folder.job(), e);
      }
    }
  }

  /** Follows a lane that an earlier process started. */
  public Optional<LaneEnd> adopt(LaneFolder folder, RunWatch watch) throws InterruptedException {
    return afterGo(folder, new AdoptedLane(folder), watch);
  }

  /** A full disk of this host is no reason to say anything but what the lane says. */
  private Optional<LaneEnd> afterGo(LaneFolder folder, RunningLane lane, RunWatch watch)
      throws InterruptedException {
    while (true) {
      try {
        return settlement.settle(folder, new LaneFollower(watchdog, watch).follow(folder, lane));
      } catch (IOException e) {
        LOG.log(Level.WARNING, "job {0}: its end cannot be kept yet: {1}", folder.job(), e);
        Thread.sleep(AGAIN);
      }
    }
  }

  private void requireUnused(Intent intent, String token) throws DeviceRefused, IOException {
    journal.refresh();
    check(intent, token);
  }

  /** Nobody else can use the token, or the device, between the check and the line. */
  private void intend(Intent intent, String token) throws DeviceRefused, IOException {
    Optional<DeviceRefused> refused =
        journal.exclusively(writer -> {
          try {
            check(intent, token);
          } catch (DeviceRefused e) {
            return Optional.of(e);
          }
          writer.append(intent);
          return Optional.empty();
        });
    if (refused.isPresent()) {
      throw refused.get();
    }
  }

  private void check(Intent intent, String token) throws DeviceRefused {
    if (ledger.isUsed(token) || ledger.isIntended(intent.job())) {
      throw new DeviceRefused(
          RefusalReason.TOKEN_USED, "this plan's token was used before: plan again");
    }
    Optional<OpenRun> other = ledger.holding(intent.device().port(), intent.card());
    if (other.isPresent() && !Holding.allows(other.get(), intent.kind())) {
      throw Holding.refusal(other.get());
    }
  }

  private void withWord(Intent intent, Word word)
      throws Word.Withheld, DeviceRefused, IOException, InterruptedException {
    boolean given = false;
    String why = "stopped before the word was given";
    try {
      word.ask();
      journal.append(new Acknowledged(intent.job()));
      given = true;
    } catch (Word.Withheld | DeviceRefused e) {
      why = String.valueOf(e.getMessage());
      throw e;
    } finally {
      if (!given) {
        journal.append(new Withdrawn(intent.job(), why));
      }
    }
  }
}
