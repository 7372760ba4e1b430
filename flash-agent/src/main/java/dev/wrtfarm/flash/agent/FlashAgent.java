package dev.wrtfarm.flash.agent;

import dev.wrtfarm.flash.card.CardBook;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.HostRoots;
import dev.wrtfarm.flash.device.Slots;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.farm.Patience;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.JournalRecord.Started;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.journal.ProcessLock;
import dev.wrtfarm.flash.lane.Execution;
import dev.wrtfarm.flash.lane.LaneCommand;
import dev.wrtfarm.flash.lane.PortLock;
import dev.wrtfarm.flash.lane.Settlement;
import dev.wrtfarm.flash.lane.Watchdog;
import dev.wrtfarm.flash.plan.BootId;
import dev.wrtfarm.flash.plan.Configs;
import dev.wrtfarm.flash.plan.Planner;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Works for a farm until its process ends. There is nothing to close in an orderly way: lanes
 * before their go end with it, lanes after it go on, and the journal is on the disk at all times.
 */
public final class FlashAgent {
  private static final System.Logger LOG = System.getLogger(FlashAgent.class.getName());
  private static final Duration BEFORE_SECOND_DOWNLOAD = Duration.ofSeconds(2);

  private FlashAgent() {}

  /** Returns when everything runs, on threads that keep the process alive. */
  public static void start(AgentConfig config, String version) throws IOException, ConfigWrong {
    InstantSource clock = InstantSource.system();
    Ledger ledger = new Ledger();
    CardBook cards = new CardBook();
    Path data = config.data();
    Journal journal = Journal.open(data, config.host(), clock, List.of(ledger, cards));
    // Held until this process is gone.
    if (!ProcessLock.keep(data.resolve("lock"))) {
      throw new ConfigWrong(
          "another agent works with %s: end it, or name another data folder".formatted(data));
    }
    PortLock.missing(PortLock.FOLDER).ifPresent(why -> LOG.log(Level.WARNING, why));
    String bootId = BootId.read();
    journal.append(new Started(version, bootId));
    Farm farm = new Farm(config.urls(), config.tokenFile(), Patience.USUAL);
    Slots slots = new Slots(HostRoots.REAL, config.rules());
    Planner planner =
        new Planner(
            new DeviceGuard(HostRoots.REAL, config.rules()),
            journal,
            ledger,
            cards,
            Configs.of(data),
            bootId,
            clock);
    Settlement settlement = new Settlement(data, journal, ledger);
    settlement.sweep();
    Execution execution =
        new Execution(data, journal, ledger, settlement, LaneCommand.ofThisJvm(), Watchdog.USUAL);
    Ends ends = new Ends(farm, journal, ledger);
    new LateReports(data, farm, ledger, execution, ends).begin();
    ImageCache images =
        new ImageCache(
            data.resolve("images"),
            config.cacheSize(),
            config.rules().largest(),
            new ImageFetch(
                config.imageHosts(),
                Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("fetch-timer").factory())),
            clock);
    Job job =
        new Job(
            config,
            farm,
            slots,
            planner,
            execution,
            new JobImage(images, BEFORE_SECOND_DOWNLOAD),
            ledger,
            cards,
            ends,
            bootId);
    Announcer announcer =
        new Announcer(
            config.host(),
            new Inventories(config, slots, ledger, cards, bootId, version),
            journal,
            settlement,
            farm);
    Thread.ofPlatform().name("announcer").start(announcer);
    for (SlotSetup slot : config.slots()) {
      Thread.ofPlatform()
          .name("slot-" + slot.name())
          .start(new SlotWorker(config.host(), slot, farm, ledger, job, announcer::nudge));
    }
  }
}
