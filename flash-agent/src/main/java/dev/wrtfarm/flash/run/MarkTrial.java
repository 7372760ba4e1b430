package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.mark.MarkKind;
import dev.wrtfarm.flash.mark.Marks;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Marks single blocks, and looks later whether the marks are where they belong. */
final class MarkTrial {
  private final Scene scene;
  private final Card card;
  private final Marks marks;
  private final Layout layout;
  private final MemorySegment block;
  private final MemorySegment expected;
  private final Examination examination;

  MarkTrial(Scene scene) {
    this.scene = scene;
    this.card = scene.card();
    this.marks = scene.marks();
    this.layout = scene.layout();
    this.block = scene.buffers().block();
    this.expected = scene.buffers().chunk().asSlice(0, Medium.BLOCK);
    this.examination = new Examination(card, scene.buffers());
  }

  /** Highest first: on a card that wraps around, the lower one of two is left. */
  void plantCanaries() throws MediumFailed, RunStopped {
    card.begin("canaries", 2L * layout.canaries().length * Medium.BLOCK);
    List<Long> refused = new ArrayList<>();
    MediumFailed last = null;
    for (long number : layout.canaries()) {
      scene.old().look(card, number, block);
      marks.fill(MarkKind.CANARY, number, block);
      try {
        card.write(number * Medium.BLOCK, block);
      } catch (MediumFailed e) {
        if (Failures.verdict(e) != Verdict.WRITE_FAILED) {
          throw e;
        }
        refused.add(number);
        last = e;
      }
    }
    if (last == null) {
      return;
    }
    if (refused.size() < layout.canaries().length
        && Capacity.isUpperEnd(layout.canaries(), refused)) {
      throw new RunStopped(
          Verdict.FAKE_CAPACITY,
          Verdict.FAKE_CAPACITY.meaning()
              + ": it refuses every write from "
              + Collections.min(refused) * Medium.BLOCK
              + " bytes on ("
              + last.getMessage()
              + ")");
    }
    throw last;
  }

  void plantNonces() throws MediumFailed, RunStopped {
    card.begin("nonces", 2L * layout.nonces().length * Medium.BLOCK);
    for (long number : layout.nonces()) {
      scene.old().look(card, number, block);
      marks.fill(MarkKind.NONCE, number, block);
      card.write(number * Medium.BLOCK, block);
    }
  }

  /** In random order, for there are cards that remember what was last written in order. */
  BadBlocks check(String phase, boolean noncesToo) throws RunStopped {
    List<BadBlock> places = new ArrayList<>();
    for (long number : layout.canaries()) {
      places.add(new BadBlock(Area.CANARY, number, 0, null));
    }
    if (noncesToo) {
      for (long number : layout.nonces()) {
        places.add(new BadBlock(Area.NONCE, number, 0, null));
      }
    }
    shuffle(places);
    card.begin(phase, (long) places.size() * Medium.BLOCK);
    BadBlocks bad = new BadBlocks();
    for (BadBlock place : places) {
      MarkKind kind = place.area() == Area.CANARY ? MarkKind.CANARY : MarkKind.NONCE;
      marks.fill(kind, place.number(), expected);
      look(place, bad);
    }
    return bad;
  }

  /**
   * Takes the canaries off the card again. Nothing else can be hit: that each of them was still
   * there after the image was written shows that it shares its place with no block of the image.
   */
  BadBlocks clear() throws MediumFailed, RunStopped {
    card.begin("clear", 2L * layout.canaries().length * Medium.BLOCK);
    List<BadBlock> places = new ArrayList<>();
    for (long number : layout.canaries()) {
      places.add(new BadBlock(Area.CANARY, number, 0, null));
      expectCleared(number);
      card.write(number * Medium.BLOCK, expected);
    }
    card.flush();
    shuffle(places);
    BadBlocks bad = new BadBlocks();
    for (BadBlock place : places) {
      expectCleared(place.number());
      look(place, bad);
    }
    return bad;
  }

  private void expectCleared(long number) {
    expected.fill((byte) 0);
    layout.config().apply(number * Medium.BLOCK, expected);
  }

  private void look(BadBlock place, BadBlocks bad) throws RunStopped {
    try {
      card.read(place.number() * Medium.BLOCK, block);
    } catch (MediumFailed e) {
      Failures.stopIfGone(e);
      bad.add(place.as(Seen.of(MismatchKind.UNREADABLE)));
      return;
    }
    if (expected.mismatch(block) != -1) {
      BadBlock found =
          new BadBlock(
              place.area(),
              place.number(),
              Fingerprint.of(block),
              scene.recognition().see(place.number(), block));
      bad.add(examination.examine(found, expected));
    }
  }

  private void shuffle(List<BadBlock> places) {
    Collections.shuffle(places, new Random(layout.cardBlocks() ^ layout.imageBlocks()));
  }
}
