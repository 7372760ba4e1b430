package dev.wrtfarm.flash.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.card.CardBook;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.DeviceRules;
import dev.wrtfarm.flash.device.HostRoots;
import dev.wrtfarm.flash.device.SlotConfig;
import dev.wrtfarm.flash.device.Slots;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.farm.Patience;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.lane.Execution;
import dev.wrtfarm.flash.lane.LaneCommand;
import dev.wrtfarm.flash.lane.Settlement;
import dev.wrtfarm.flash.lane.Watchdog;
import dev.wrtfarm.flash.plan.Configs;
import dev.wrtfarm.flash.plan.Planner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm that takes its time with its word, on a clock of this test's own. */
class OldPlanTest {
  private static final Instant PLANNED = Instant.parse("2026-01-01T00:00:00Z");
  private static final String BOOT = "boot";

  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile Instant now = PLANNED;
  private Lab lab;
  private Journal journal;
  private SlotSetup slot;
  private Job agent;

  @BeforeEach
  void set_up() throws Exception {
    lab = new Lab(folder);
    slot = new SlotSetup(new SlotConfig(Lab.SLOT, "file:" + lab.card()), false, "none");
    Ledger ledger = new Ledger();
    CardBook cards = new CardBook();
    journal = Journal.open(lab.data(), "lab", () -> now, List.of(ledger, cards));
    agent = agent(ledger, cards);
  }

  @AfterEach
  void end() throws Exception {
    timer.shutdownNow();
    journal.close();
    lab.endLanes();
    lab.close();
  }

  @Test
  void a_plan_that_grows_too_old_while_the_farm_is_asked_is_not_carried_out() throws Exception {
    JobStandIn job = confirmed();
    farmAnswersAfter(Duration.ofMinutes(11));
    work(job);

    assertThat(job.told).containsExactly(FlashState.PLANNED, FlashState.WRITING, FlashState.FAILED);
    assertThat(job.refusal).isEqualTo(RefusalReason.TOKEN_EXPIRED);
    assertThat(job.report().wrote()).isFalse();
    assertThat(lab.journalSays("\"kind\":\"withdrawn\"")).isTrue();
    assertThat(lab.journalSays("\"kind\":\"acknowledged\"")).isFalse();
    assertThat(lab.isLaneAlive(job)).isFalse();
    assertThat(lab.cardIsBlank()).isTrue();
  }

  @Test
  void a_plan_that_is_young_enough_when_the_farm_has_answered_is_carried_out() throws Exception {
    JobStandIn job = confirmed();
    farmAnswersAfter(Duration.ofMinutes(9));
    work(job);

    assertThat(job.state).isEqualTo(FlashState.PASSED);
    assertThat(lab.cardHoldsImage()).isTrue();
  }

  private JobStandIn confirmed() throws Exception {
    JobStandIn job = lab.submit(FlashKind.FLASH);
    work(job);
    assertThat(job.plan().expires()).isEqualTo(PLANNED.plus(Duration.ofMinutes(10)));
    job.confirm();
    now = PLANNED.plus(Duration.ofMinutes(8));
    return job;
  }

  private void farmAnswersAfter(Duration sincePlanned) {
    lab.farm()
        .gate(told -> {
          if (told.to() == FlashState.WRITING) {
            now = PLANNED.plus(sincePlanned);
          }
          return 200;
        });
  }

  /** As a slot's own thread does. */
  private void work(JobStandIn job) throws InterruptedException {
    String nonce = "0123456789abcdef";
    FlashWork work =
        Objects.requireNonNull(job.claim(new FlashClaim("lab", List.of(Lab.SLOT), nonce, 1)));
    agent.work(work, new FlashLease(job.id, work.fence(), nonce), slot);
  }

  /** An agent's parts without its threads. */
  private Job agent(Ledger ledger, CardBook cards) throws Exception {
    InstantSource clock = () -> now;
    Path data = lab.data();
    Path token = Files.writeString(folder.resolve("agent.token"), lab.farm().renewToken());
    DeviceRules rules = new DeviceRules(true, DeviceRules.LARGEST_CARD);
    AgentConfig config =
        new AgentConfig(
            "lab",
            List.of(lab.farm().url()),
            token,
            data,
            rules,
            List.of(slot),
            1 << 30,
            ImageHosts.ANY);
    Farm farm = new Farm(config.urls(), token, Patience.USUAL);
    Planner planner =
        new Planner(
            new DeviceGuard(HostRoots.REAL, rules),
            journal,
            ledger,
            cards,
            Configs.of(data),
            BOOT,
            clock);
    Execution execution =
        new Execution(
            data,
            journal,
            ledger,
            new Settlement(data, journal, ledger),
            LaneCommand.ofThisJvm(),
            Watchdog.USUAL);
    ImageCache images =
        new ImageCache(
            data.resolve("images"),
            config.cacheSize(),
            rules.largest(),
            new ImageFetch(config.imageHosts(), timer),
            clock);
    return new Job(
        config,
        farm,
        new Slots(HostRoots.REAL, rules),
        planner,
        execution,
        new JobImage(images, Duration.ofSeconds(1)),
        ledger,
        cards,
        new Ends(farm, journal, ledger),
        BOOT);
  }
}
