package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.mark.Mark;
import dev.wrtfarm.flash.mark.MarkKind;
import dev.wrtfarm.flash.mark.Marks;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Marks single blocks, and looks later whether the marks are where they belong. */
final class MarkTrial {
  private static final int PROBES = 8;

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
    card.begin("canaries", (long) layout.canaries().length * Medium.BLOCK);
    List<Long> refused = new ArrayList<>();
    MediumFailed last = null;
    for (long number : layout.canaries()) {
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
    if (refused.size() < layout.canaries().length && Capacity.isUpperEnd(layout, refused)) {
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
    card.begin("nonces", (long) layout.nonces().length * Medium.BLOCK);
    for (long number : layout.nonces()) {
      marks.fill(MarkKind.NONCE, number, block);
      card.write(number * Medium.BLOCK, block);
    }
  }

  /** Whether all marks, or those of one kind that is everywhere, are where they belong. */
  void checkAll(String phase, MarkKind canaries, MarkKind nonces, BadBlocks bad) throws RunStopped {
    List<BadBlock> places = places(Area.CANARY, layout.canaries());
    places.addAll(places(Area.NONCE, layout.nonces()));
    card.begin(phase, (long) places.size() * Medium.BLOCK);
    check(places, canaries, nonces, bad);
  }

  /** Those that the image did not replace. */
  void checkCanaries(BadBlocks bad) throws RunStopped {
    card.begin("recheck", (long) layout.canaries().length * Medium.BLOCK);
    check(places(Area.CANARY, layout.canaries()), MarkKind.CANARY, MarkKind.NONCE, bad);
  }

  /** In random order, for there are cards that remember what was last written in order. */
  private void check(List<BadBlock> places, MarkKind canaries, MarkKind nonces, BadBlocks bad)
      throws RunStopped {
    shuffle(places);
    for (BadBlock place : places) {
      MarkKind kind = place.area() == Area.CANARY ? canaries : nonces;
      marks.fill(kind, place.number(), expected);
      look(place, bad);
    }
  }

  /**
   * Whether any mark of this run is on the card, in whatever place: no other card has one. What
   * cannot be read shows none.
   */
  boolean isRecognized() throws RunStopped {
    for (long number : layout.marks()) {
      try {
        card.readAnyway(number * Medium.BLOCK, block);
      } catch (MediumFailed e) {
        Failures.stopIfGone(e);
        continue;
      }
      Mark mark = marks.read(block);
      if (mark != null && mark.ours()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the card takes anything at all, tried where it took something before, if anywhere. For
   * a run that has failed: what was there is lost.
   */
  boolean stillTakesWrites(BadBlocks bad) throws RunStopped {
    Set<Long> wrong = new HashSet<>(bad.kept().stream().map(BadBlock::number).toList());
    long[] places = layout.marks();
    long[] good = Arrays.stream(places).filter(n -> !wrong.contains(n)).limit(PROBES).toArray();
    if (good.length == 0) {
      good = Arrays.stream(places).limit(PROBES).toArray();
    }
    card.begin("probe", 2L * good.length * Medium.BLOCK);
    try {
      for (long number : good) {
        marks.fill(MarkKind.PROBE, number, block);
        card.write(number * Medium.BLOCK, block);
      }
      card.flush();
    } catch (MediumFailed e) {
      Failures.stopIfGone(e);
      return false;
    }
    BadBlocks lost = new BadBlocks();
    check(places(Area.CANARY, good), MarkKind.PROBE, MarkKind.PROBE, lost);
    return lost.kept().size() < good.length;
  }

  /**
   * Takes the canaries off the card again. Nothing else can be hit: that each of them was still
   * there after the image was written shows that it shares its place with no block of the image.
   */
  void clear(BadBlocks bad) throws MediumFailed, RunStopped {
    card.begin("clear", 2L * layout.canaries().length * Medium.BLOCK);
    List<BadBlock> places = places(Area.CANARY, layout.canaries());
    for (BadBlock place : places) {
      expectCleared(place.number());
      card.write(place.number() * Medium.BLOCK, expected);
    }
    card.flush();
    shuffle(places);
    for (BadBlock place : places) {
      expectCleared(place.number());
      look(place, bad);
    }
  }

  private static List<BadBlock> places(Area area, long[] numbers) {
    List<BadBlock> places = new ArrayList<>();
    for (long number : numbers) {
      places.add(new BadBlock(area, number, 0, null));
    }
    return places;
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
