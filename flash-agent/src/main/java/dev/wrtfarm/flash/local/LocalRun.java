package dev.wrtfarm.flash.local;

import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.device.DeviceRules;
import dev.wrtfarm.flash.device.SlotLook;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.JournalRecord.Intent;
import dev.wrtfarm.flash.lane.Execution;
import dev.wrtfarm.flash.lane.LaneCommand;
import dev.wrtfarm.flash.lane.LaneEnd;
import dev.wrtfarm.flash.lane.LaneFolder;
import dev.wrtfarm.flash.lane.LaneOrder;
import dev.wrtfarm.flash.lane.RunStatus;
import dev.wrtfarm.flash.lane.RunWatch;
import dev.wrtfarm.flash.lane.Watchdog;
import dev.wrtfarm.flash.lane.Word;
import dev.wrtfarm.flash.plan.BootId;
import dev.wrtfarm.flash.plan.Configs.Archive;
import dev.wrtfarm.flash.plan.PlanRequest;
import dev.wrtfarm.flash.plan.Planner;
import dev.wrtfarm.flash.plan.Survey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Carries a plan out that the person at this host confirmed. */
final class LocalRun {
  private final Books books;
  private final Planner planner;
  private final DeviceRules rules;
  private final LocalTalk talk;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private volatile @Nullable FlashReport stuck;

  LocalRun(Books books, Planner planner, DeviceRules rules, LocalTalk talk) {
    this.books = books;
    this.planner = planner;
    this.rules = rules;
    this.talk = talk;
  }

  int run(PlanRequest request, Supplier<SlotLook> look, Path image, FlashPlan plan)
      throws DeviceRefused, IOException, InterruptedException {
    // Ctrl-C asks the lane to stop in order; the card does not boot then.
    SignalHandler stop = ignored -> cancelled.set(true);
    SignalHandler interrupt = Signal.handle(new Signal("INT"), stop);
    SignalHandler terminate = Signal.handle(new Signal("TERM"), stop);
    // A terminal that goes away is nobody's wish: the card is finished, and the journal told.
    SignalHandler hangUp = Signal.handle(new Signal("HUP"), SignalHandler.SIG_IGN);
    try {
      return carryOut(request, look.get(), image, plan);
    } finally {
      Signal.handle(new Signal("INT"), interrupt);
      Signal.handle(new Signal("TERM"), terminate);
      Signal.handle(new Signal("HUP"), hangUp);
    }
  }

  private int carryOut(PlanRequest request, SlotLook look, Path image, FlashPlan plan)
      throws DeviceRefused, IOException, InterruptedException {
    Survey survey = planner.confirm(plan.token(), request, look);
    Intent intent =
        new Intent(
            request.job(),
            request.kind(),
            request.slot(),
            survey.device(),
            request.image(),
            request.options(),
            Journal.standIn(plan.token()),
            BootId.read(),
            "local");
    LaneOrder order =
        new LaneOrder(
            request.job(),
            request.kind(),
            request.slot(),
            survey.device(),
            survey.content().firstMibSha256(),
            request.image(),
            request.options(),
            rules,
            request.reset());
    Execution execution =
        new Execution(
            books.data(),
            books.journal(),
            books.ledger(),
            books.settlement(),
            LaneCommand.ofThisJvm(),
            Watchdog.USUAL);
    try {
      Optional<LaneEnd> end =
          execution.run(
              intent,
              plan.token(),
              new Execution.Material(
                  order, image, survey.config().map(Archive::bytes), Optional.empty()),
              this::word,
              new Watch());
      return end.isPresent()
          ? ended(end.get(), plan, LaneFolder.of(books.data(), request.job()))
          : stuck(plan);
    } catch (Word.Withheld e) {
      talk.end("CANCELLED", plan, null, String.valueOf(e.getMessage()));
      return LocalMain.FAILED;
    }
  }

  private void word() throws Word.Withheld {
    if (cancelled.get()) {
      throw new Word.Withheld("stopped before anything was written");
    }
  }

  private int ended(LaneEnd end, FlashPlan plan, LaneFolder folder) throws IOException {
    return switch (end) {
      case LaneEnd.Reported it -> {
        FlashReport report = it.report();
        folder.delete();
        talk.end(report.verdict().name(), plan, report, report.message());
        yield report.verdict().isGood() ? LocalMain.DONE : LocalMain.FAILED;
      }
      case LaneEnd.NeverBegun it -> {
        talk.end("FAILED", plan, null, it.reason());
        yield LocalMain.REFUSED;
      }
      case LaneEnd.CutOff it -> {
        talk.end(
            "NEEDS_CHECK",
            plan,
            null,
            "%s; look at the card, then: flash local resolve --job %s --note TEXT"
                .formatted(it.reason(), folder.job()));
        yield LocalMain.NEEDS_CHECK;
      }
    };
  }

  private int stuck(FlashPlan plan) throws IOException {
    FlashReport report = stuck;
    talk.end("STUCK", plan, report, report == null ? "" : report.message());
    return LocalMain.NEEDS_CHECK;
  }

  private final class Watch implements RunWatch {
    @Override
    public void status(RunStatus status) {
      talk.progress(status);
    }

    @Override
    public boolean isCancelAsked() {
      return cancelled.get();
    }

    @Override
    public boolean stuck(FlashReport report) {
      stuck = report;
      return false;
    }
  }
}
