package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.card.CardBook;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.device.Slots;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.farm.FarmRefused;
import dev.wrtfarm.flash.farm.LeaseLost;
import dev.wrtfarm.flash.farm.StateRefused;
import dev.wrtfarm.flash.image.ImageRefused;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.JournalRecord.Intent;
import dev.wrtfarm.flash.journal.Json;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.lane.Execution;
import dev.wrtfarm.flash.lane.Execution.Material;
import dev.wrtfarm.flash.lane.LaneEnd;
import dev.wrtfarm.flash.lane.LaneFolder;
import dev.wrtfarm.flash.lane.LaneOrder;
import dev.wrtfarm.flash.lane.Word;
import dev.wrtfarm.flash.plan.Configs.Archive;
import dev.wrtfarm.flash.plan.PlanRequest;
import dev.wrtfarm.flash.plan.Planner;
import dev.wrtfarm.flash.plan.Survey;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Does what the farm gave this host to do in one slot. */
final class Job {
  private static final System.Logger LOG = System.getLogger(Job.class.getName());

  private final AgentConfig config;
  private final Farm farm;
  private final Slots slots;
  private final Planner planner;
  private final Execution execution;
  private final JobImage images;
  private final Ledger ledger;
  private final CardBook cards;
  private final Ends ends;
  private final String bootId;

  Job(
      AgentConfig config,
      Farm farm,
      Slots slots,
      Planner planner,
      Execution execution,
      JobImage images,
      Ledger ledger,
      CardBook cards,
      Ends ends,
      String bootId) {
    this.config = config;
    this.farm = farm;
    this.slots = slots;
    this.planner = planner;
    this.execution = execution;
    this.images = images;
    this.ledger = ledger;
    this.cards = cards;
    this.ends = ends;
    this.bootId = bootId;
  }

  /** Returns when the job is over, or waits for somebody else. */
  void work(FlashWork work, FlashLease lease, SlotSetup slot) throws InterruptedException {
    LOG.log(Level.INFO, "job {0}: {1} on {2}", work.job(), work.step(), work.slot());
    try (Heartbeat heartbeat = Heartbeat.start(farm, lease, "look")) {
      requireNew(work);
      try (ImageCache.Cached image = images.get(work.image(), heartbeat)) {
        PlanRequest request =
            new PlanRequest(
                work.job(), work.kind(), slot.name(), image.facts(), work.options(), slot.reset());
        switch (work.step()) {
          case PLAN -> plan(work, lease, slot, request);
          case EXECUTE -> execute(work, lease, slot, request, image, heartbeat);
        }
      }
    } catch (DeviceRefused e) {
      ends.refused(lease, e);
    } catch (ImageRefused e) {
      ends.failed(lease, Verdict.IMAGE_REFUSED, String.valueOf(e.getMessage()));
    } catch (Word.Withheld e) {
      ends.failed(lease, Verdict.FARM_REFUSED, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "job " + work.job() + " found a fault of this agent", e);
      if (!ledger.isIntended(work.job())) {
        ends.failed(lease, Verdict.REFUSED, "this agent found a fault of its own: " + e);
      }
    } catch (IOException e) {
      // Only ever before the go: after it, the lane's word is waited for.
      ends.failed(lease, Verdict.REFUSED, "this host has a problem of its own, not the card: " + e);
    }
  }

  /** A farm whose memory is older than ours asks for what was done already. */
  private void requireNew(FlashWork work) throws DeviceRefused {
    if (ledger.isIntended(work.job())) {
      throw new DeviceRefused(
          RefusalReason.TOKEN_USED,
          "this host has carried job %s out before, as its journal says: submit a new one"
              .formatted(work.job()));
    }
  }

  private void plan(FlashWork work, FlashLease lease, SlotSetup slot, PlanRequest request)
      throws DeviceRefused, IOException, InterruptedException {
    FlashPlan plan = planner.plan(request, slots.look(slot.slot()));
    boolean confirmed = isUnattended(work, slot, plan);
    try {
      farm.transition(lease, confirmed ? FlashState.CONFIRMED : FlashState.PLANNED, plan, null);
    } catch (LeaseLost | StateRefused | FarmRefused e) {
      LOG.log(Level.INFO, "job {0}: the plan is not wanted: {1}", work.job(), e.getMessage());
    }
  }

  private boolean isUnattended(FlashWork work, SlotSetup slot, FlashPlan plan) {
    return work.unattended()
        && slot.unattended()
        && work.options().prefixBytes() == null
        && cards.card(plan.device().card()).state() == CardState.QUALIFIED;
  }

  private void execute(
      FlashWork work,
      FlashLease lease,
      SlotSetup slot,
      PlanRequest request,
      ImageCache.Cached image,
      Heartbeat heartbeat)
      throws DeviceRefused, Word.Withheld, IOException, InterruptedException {
    String token = work.token();
    if (token == null) {
      throw new DeviceRefused(RefusalReason.TOKEN_INVALID, "the job came without a token");
    }
    Survey survey = planner.confirm(token, request, slots.look(slot.slot()));
    Intent intent =
        new Intent(
            work.job(),
            work.kind(),
            slot.name(),
            survey.device(),
            image.facts(),
            work.options(),
            Journal.standIn(token),
            bootId,
            "farm");
    LaneOrder order =
        new LaneOrder(
            work.job(),
            work.kind(),
            slot.name(),
            survey.device(),
            survey.content().firstMibSha256(),
            image.facts(),
            work.options(),
            config.rules(),
            slot.reset());
    Material material =
        new Material(
            order,
            image.file(),
            survey.config().map(Archive::bytes),
            Optional.of(Json.MAPPER.writeValueAsBytes(lease)));
    Optional<LaneEnd> end =
        execution.run(
            intent,
            token,
            material,
            new FarmWord(farm, lease, work.kind(), planner, token),
            new JobWatch(heartbeat, ends, lease));
    heartbeat.close();
    if (end.isPresent()) {
      ends.tell(lease, LaneFolder.of(config.data(), work.job()), end.get());
    }
  }
}
