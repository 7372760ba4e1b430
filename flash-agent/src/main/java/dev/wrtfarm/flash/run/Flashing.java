package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.mark.MarkKind;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.medium.Region;
import java.util.List;

/**
 * The steps of a run that writes, in the order that {@link FlashRun} explains.
 *
 * <h2>The same card</h2>
 *
 * While a card is reset nobody holds it, and another one of the same size may be put in. So after
 * every crossing that opened it anew, before anything else, the marks of this run are looked for,
 * and where there is none the run ends: nothing more is written there, and no card is blamed. A
 * card that has lost every mark in a reset looks the same and is not told from a strange one. One
 * that has none even before is not reset at all: it is surely the card, and can be judged.
 *
 * <p>After an image that leaves no room for canaries no mark is left to know a card by. It is reset
 * and read, but not written again.
 */
final class Flashing {
  private static final String STRANGE =
      Verdict.DEVICE_CHANGED.meaning()
          + " (none of this run's marks is on it after the reset: it is another card, or one that"
          + " has lost all that it had taken; nothing more was written to it. Flash again and leave"
          + " the slot alone; a card of which this is said twice is not to be trusted)";

  private final Scene scene;
  private final Card card;
  private final Layout layout;
  private final Level level;
  private final Barrier barrier;
  private final MarkTrial trial;

  Flashing(Scene scene, Barrier barrier) {
    this.scene = scene;
    this.card = scene.card();
    this.layout = scene.layout();
    this.level = scene.request().options().level();
    this.barrier = barrier;
    this.trial = new MarkTrial(scene);
  }

  void flash() throws MediumFailed, RunStopped {
    new Snapshot(scene).take();
    if (isAtLeast(Level.QUALIFY)) {
      tryWholeCard();
    }
    tryMarks();
    ImageSums sums = ImageSums.of(scene.request(), layout);
    new ImageWriting(scene).write(sums);
    settle();
    ReadBack readBack = new ReadBack(scene, sums, trial);
    BadBlocks bad = readBack.read();
    if (!bad.isEmpty()) {
      bad = rewrite(bad, sums, readBack);
    } else if (isAtLeast(Level.THOROUGH)) {
      bad = readBack.read();
    }
    stopIfAny(bad, true);
    BadBlocks left = new BadBlocks();
    trial.clear(left);
    stopIfAny(left, false);
  }

  private void tryWholeCard() throws MediumFailed, RunStopped {
    FillTrial everywhere =
        new FillTrial(scene, MarkKind.FILL, List.of(new Region(0, layout.cardEnd())));
    everywhere.write("fill");
    cross();
    BadBlocks bad = new BadBlocks();
    // a few places tell a fake at once; all of them take as long as the card is large
    trial.checkAll("check", MarkKind.FILL, MarkKind.FILL, bad);
    stopIfAny(bad, false);
    everywhere.check("check fill", bad);
    stopIfAny(bad, false);
  }

  private void tryMarks() throws MediumFailed, RunStopped {
    FillTrial underImage =
        new FillTrial(scene, MarkKind.NONCE, List.of(new Region(0, layout.imageEnd())));
    trial.plantCanaries();
    if (isAtLeast(Level.THOROUGH)) {
      underImage.write("nonces");
    } else {
      trial.plantNonces();
    }
    new Wiping(scene).write();
    cross();
    BadBlocks bad = new BadBlocks();
    trial.checkAll("check", MarkKind.CANARY, MarkKind.NONCE, bad);
    stopIfAny(bad, false);
    if (isAtLeast(Level.THOROUGH)) {
      underImage.check("check nonces", bad);
      stopIfAny(bad, false);
    }
  }

  /** A slot that cannot reset its card at least makes it store what it remembers. */
  private void settle() throws MediumFailed, RunStopped {
    boolean reset = layout.canaries().length > 0 ? cross() : crossUnmarked();
    if (isAtLeast(Level.THOROUGH)) {
      new Overflow(scene).write(Overflow.SURELY);
    } else if (isAtLeast(Level.STANDARD) && !reset) {
      new Overflow(scene).write(Overflow.MOSTLY);
    }
  }

  /** The verdict always follows from one reading of everything, never from parts of two. */
  private BadBlocks rewrite(BadBlocks bad, ImageSums sums, ReadBack readBack)
      throws MediumFailed, RunStopped {
    Rewriting rewriting = new Rewriting(scene, bad);
    if (!Judgement.isDamageOnly(bad) || !rewriting.isWorthIt() || !card.isRecognized()) {
      return bad;
    }
    rewriting.write(sums);
    settle();
    return readBack.read();
  }

  /**
   * @return whether the card was really reset
   */
  private boolean cross() throws MediumFailed, RunStopped {
    card.begin("barrier", 0);
    boolean reset = card.cross(barrier, isAtLeast(Level.STANDARD) && trial.isRecognized());
    if (!card.isRecognized()) {
      if (!trial.isRecognized()) {
        throw new RunStopped(Verdict.DEVICE_CHANGED, STRANGE);
      }
      card.recognized();
    }
    return reset;
  }

  private boolean crossUnmarked() throws MediumFailed, RunStopped {
    card.begin("barrier", 0);
    return card.cross(barrier, isAtLeast(Level.STANDARD));
  }

  private boolean isAtLeast(Level other) {
    return level.compareTo(other) >= 0;
  }

  private void stopIfAny(BadBlocks bad, boolean afterImage) throws RunStopped {
    scene.record().found(bad);
    if (bad.isEmpty()) {
      return;
    }
    // What kept no mark at all may have a cache that lies: a probe would only speak to that.
    boolean takesWrites =
        !card.isRecognized()
            || Judgement.nothingTaken(layout, bad)
            || !bad.any(Capacity::isDropped)
            || trial.stillTakesWrites(bad);
    Verdict verdict = Judgement.of(layout, bad, afterImage, takesWrites);
    throw new RunStopped(verdict, Explanation.of(verdict, bad, Capacity.estimate(layout, bad)));
  }
}
