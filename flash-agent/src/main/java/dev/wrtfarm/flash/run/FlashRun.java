package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.mark.Marks;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One run on one card: {@code new FlashRun(…).run()} returns when the verdict is known.
 *
 * <h2>What it must not be fooled by</h2>
 *
 * A write that the card acknowledged and forgot; an image that was on the card already and hides
 * that nothing is written any more; a card that is smaller than it says; what the host or the card
 * remember instead of storing it; and leftovers outside the image that a booting system takes up.
 *
 * <h2>The order, and why</h2>
 *
 * <ol>
 *   <li><b>snapshot</b>: a look at old content, so that it can be told from damage later.
 *   <li><b>canaries</b> outside the image, highest first, <b>before</b> the image: on a card that
 *       wraps around, a canary written after the image would destroy it, and one written before is
 *       destroyed by it, which is what gives the card away.
 *   <li><b>nonces</b> under the image: blocks that no card can have held before. They show that the
 *       card changes these places, which the image itself cannot show if it was there already. One
 *       lies on block 0: from here on nothing boots, however the run ends.
 *   <li><b>wipe</b>: what would outlive the image, and the configuration archive.
 *   <li><b>barrier</b>; a card that was reset is recognized by a mark before anything else, here
 *       and later ({@link Flashing}); then <b>check</b> of canaries and nonces in random order. A
 *       card that fails here is not worth the time of an image.
 *   <li><b>write</b>: all of the image, holes as zeros; while the digest of what is read from the
 *       file is not known to be right, and everything else is not flushed, block 0 is not written.
 *   <li><b>barrier</b>; where the slot has no reset, and at the higher levels in any case, also
 *       <b>overflow</b>, which pushes out what a card only remembers.
 *   <li><b>verify</b>: image with block 0, wiped stretches, and the canaries once more, <i>read</i>
 *       only. The device's own counter must show that it was read.
 *   <li><b>diagnose</b>, only if something is wrong: what the wrong blocks are. Damage is written
 *       once more (<b>rewrite</b>), reported as such, and everything is read again; a card that
 *       dropped writes is not given a second chance.
 *   <li><b>clear</b>: the canaries are taken off. Each was found unharmed after the image was
 *       written, so none shares its place with a block of the image.
 * </ol>
 *
 * <h2>What decides</h2>
 *
 * The SHA-256 over what was read from the card, against the image's; for a changed or partly read
 * image, against what was to be written. Checksums and fingerprints of blocks only find out where
 * and what the difference is. A run passes on one complete reading without a single wrong block.
 *
 * <h2>After a failure</h2>
 *
 * If block 0 was written already, it is taken away again: a card that failed, or whose run was
 * stopped, does not boot. A device that may be another one is not touched: neither one that went
 * away, nor one that was opened anew and not recognized.
 *
 * <h2>Threads and memory</h2>
 *
 * The run's own thread alone speaks to the device, for a thread inside the kernel cannot be
 * interrupted and whoever watches the run needs to know which one it is. A second thread unpacks
 * and digests. There are three buffers of 4 MiB, and four bytes for each block of the image.
 */
public final class FlashRun {
  private final Medium medium;
  private final RunRequest request;
  private final Barrier barrier;
  private final RunListener listener;
  private final RunRecord record = new RunRecord();

  /** The medium stays the caller's to close, unless the barrier has closed it for a reset. */
  public FlashRun(Medium medium, RunRequest request, Barrier barrier, RunListener listener) {
    this.medium = medium;
    this.request = request;
    this.barrier = barrier;
    this.listener = listener;
  }

  /** Never throws for what a card or an image may do: all of that ends in a report. */
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
      Recognition recognition = new Recognition(new Marks(request.runId()), old);
      Marks marks = new Marks(request.runId());
      Buffers buffers = new Buffers(arena);
      return end(new Scene(request, layout, card, buffers, record, marks, old, recognition));
    } finally {
      card.close();
    }
  }

  private FlashReport end(Scene scene) {
    Verdict verdict;
    String message;
    try {
      if (request.kind() == FlashKind.FLASH) {
        new Flashing(scene, barrier).flash();
      } else {
        new Checking(scene).check();
      }
      verdict = request.options().prefixBytes() == null ? Verdict.PASSED : Verdict.PARTIAL;
      message = verdict.meaning();
    } catch (RunStopped e) {
      verdict = e.verdict();
      message = e.explanation();
    } catch (MediumFailed e) {
      verdict = Failures.verdict(e);
      message = Failures.message(verdict, e);
    }
    record.end();
    if (!verdict.isGood() && verdict != Verdict.DEVICE_CHANGED && record.isBootable()) {
      makeUnbootable(scene);
    }
    if (record.rewritten() > 0) {
      record.warn(record.rewritten() + " chunks had to be written twice; the card is suspect");
    }
    return report(scene, verdict, message);
  }

  private void makeUnbootable(Scene scene) {
    MemorySegment block = scene.buffers().block();
    if (!scene.card().makeUnbootable(block)) {
      record.warn("the start of the image could not be taken away again; the card may still boot");
    }
  }

  private FlashReport report(Scene scene, Verdict verdict, String message) {
    Card card = scene.card();
    BadBlocks bad = record.bad();
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
