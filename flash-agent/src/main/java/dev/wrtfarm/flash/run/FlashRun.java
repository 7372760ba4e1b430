package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.mark.Marks;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.Arena;
import java.util.OptionalLong;

/** One run on one card. */
public final class FlashRun {
  private final Medium medium;
  private final RunRequest request;
  private final Barrier barrier;
  private final RunListener listener;
  private final RunRecord record = new RunRecord();
  private BadBlocks bad = new BadBlocks();

  public FlashRun(Medium medium, RunRequest request, Barrier barrier, RunListener listener) {
    this.medium = medium;
    this.request = request;
    this.barrier = barrier;
    this.listener = listener;
  }

  /** Never throws for what a card or an image may do; both end in a report. */
  public FlashReport run() {
    Layout layout;
    try {
      layout = Layout.of(request, medium.size());
    } catch (RunStopped e) {
      return FlashReport.untouched(e.verdict(), e.explanation());
    }
    Card card = new Card(medium, request.kind() == FlashKind.VERIFY, listener, record);
    try (Arena arena = Arena.ofShared()) {
      OldContent old = new OldContent();
      Scene scene =
          new Scene(
              request,
              layout,
              card,
              new Buffers(arena),
              record,
              new Marks(request.runId()),
              old,
              new Recognition(new Marks(request.runId()), old));
      return end(scene);
    } finally {
      card.close();
    }
  }

  private FlashReport end(Scene scene) {
    try {
      flash(scene);
      return report(scene, Verdict.PASSED, Verdict.PASSED.meaning());
    } catch (RunStopped e) {
      return report(scene, e.verdict(), e.explanation());
    } catch (MediumFailed e) {
      Verdict verdict = Failures.verdict(e);
      return report(scene, verdict, Failures.message(verdict, e));
    }
  }

  private void flash(Scene scene) throws RunStopped, MediumFailed {
    MarkTrial trial = new MarkTrial(scene);
    Wiping wiping = new Wiping(scene);
    trial.plantCanaries();
    trial.plantNonces();
    wiping.write();
    cross(scene);
    bad = trial.check("check", true);
    if (!bad.isEmpty()) {
      boolean takes = !Judgement.nothingTaken(scene.layout(), bad);
      throw stopped(Judgement.of(scene.layout(), bad, takes));
    }
    ImageSums sums =
        new ImageSums(
            scene.layout().imageBlocks(),
            scene.layout().checkedBytes(),
            request.image().facts().rawSha256());
    new ImageWriting(scene).write(sums);
    cross(scene);
    verify(scene, wiping, sums);
    bad = trial.check("check", false);
    if (!bad.isEmpty()) {
      throw stopped(Judgement.of(scene.layout(), bad, true));
    }
    bad = trial.clear();
    if (!bad.isEmpty()) {
      throw stopped(Judgement.of(scene.layout(), bad, true));
    }
  }

  private void cross(Scene scene) throws RunStopped, MediumFailed {
    scene.card().begin("barrier", 0);
    scene.card().cross(barrier, request.options().level() != Level.QUICK);
  }

  private void verify(Scene scene, Wiping wiping, ImageSums sums) throws RunStopped {
    OptionalLong before = scene.card().delivered();
    long bytes = ImageReading.bytes(scene.layout());
    scene.card().begin("verify", bytes + Stretches.bytes(scene.layout().outside()));
    boolean right = new ImageReading(scene, sums, bad).read();
    wiping.read(bad);
    OptionalLong after = scene.card().delivered();
    if (!bad.isEmpty() || !right) {
      throw stopped(Judgement.of(scene.layout(), bad, true));
    }
    if (before.isPresent() && after.isPresent() && after.getAsLong() - before.getAsLong() < bytes) {
      throw stopped(Verdict.READ_FAILED);
    }
  }

  private static RunStopped stopped(Verdict verdict) {
    return new RunStopped(verdict, verdict.meaning());
  }

  private FlashReport report(Scene scene, Verdict verdict, String message) {
    record.end();
    Card card = scene.card();
    return new FlashReport(
        verdict,
        message,
        card.wrote(),
        record.phaseMillis(),
        card.bytesWritten(),
        card.bytesRead(),
        bad.stretches(),
        bad.bytes(),
        verdict == Verdict.FAKE_CAPACITY ? Capacity.estimate(scene.layout(), bad) : null,
        record.barriers(),
        record.rewritten(),
        card.latency(),
        record.warnings());
  }
}
