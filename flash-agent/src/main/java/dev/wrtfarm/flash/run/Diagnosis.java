package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out what wrong blocks of the image are, by going through the image once more: whether they
 * change from reading to reading, differ in a few bits only, or belong somewhere else.
 */
final class Diagnosis {
  /** How many blocks are read again; more say nothing new and a bad card is slow. */
  private static final int EXAMINED = 1024;

  private final Scene scene;

  Diagnosis(Scene scene) {
    this.scene = scene;
  }

  /**
   * @param bad its blocks are replaced by what is known better
   * @param mayAlias whether another block of the image in a wrong place shows that the card wraps
   *     around. Not if canaries are in their places, or nothing was written: an older version of
   *     the image has many of its blocks too, each elsewhere
   */
  void diagnose(BadBlocks bad, boolean mayAlias) throws RunStopped {
    Map<Long, Integer> byNumber = new HashMap<>();
    Set<Long> fingerprints = new HashSet<>();
    List<BadBlock> kept = bad.kept();
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).area() == Area.IMAGE) {
        byNumber.put(kept.get(i).number(), i);
      }
      if (kept.get(i).seen() == null) {
        fingerprints.add(kept.get(i).fingerprint());
      }
    }
    scene.card().begin("diagnose", scene.layout().imageEnd());
    Map<Long, Long> places = new HashMap<>();
    Examination examination = new Examination(scene.card(), scene.buffers());
    int examined = 0;
    try (ImageReader image = new ImageReader(scene.request().image(), scene.layout().config())) {
      while (true) {
        long first = image.offset() / Medium.BLOCK;
        MemorySegment part = image.next(scene.buffers().chunk());
        if (part == null) {
          break;
        }
        scene.card().worked(part.byteSize());
        for (long at = 0; at < part.byteSize(); at += Medium.BLOCK) {
          long number = first + at / Medium.BLOCK;
          MemorySegment block = part.asSlice(at, Medium.BLOCK);
          Integer index = byNumber.get(number);
          if (index != null && examined++ < EXAMINED) {
            kept.set(index, examination.examine(kept.get(index), block));
          }
          long fingerprint = Fingerprint.of(block);
          if (fingerprints.contains(fingerprint) && !Recognition.isErased(block)) {
            places.put(fingerprint, number);
          }
        }
      }
    }
    explain(kept, places, mayAlias);
  }

  /** Where addresses wrap around, the block that was written later has replaced the other. */
  private static void explain(List<BadBlock> kept, Map<Long, Long> places, boolean mayAlias) {
    boolean dropped =
        kept.stream()
            .anyMatch(block -> block.seen() != null && block.seen().is(MismatchKind.STALE));
    if (mayAlias && !dropped) {
      for (int i = 0; i < kept.size(); i++) {
        BadBlock block = kept.get(i);
        Long belongs = block.seen() == null ? places.get(block.fingerprint()) : null;
        if (belongs != null && (block.area() == Area.CANARY || belongs > block.number())) {
          kept.set(i, block.as(Recognition.alias(belongs, block.number())));
        }
      }
    }
    spreadStale(kept);
  }

  /**
   * Old content is known at some places only. A wrong block next to a stale one, or next to one
   * that is, is most likely stale too: writes are dropped by stretches.
   */
  private static void spreadStale(List<BadBlock> kept) {
    for (int i = 1; i < kept.size(); i++) {
      spread(kept, i - 1, i);
    }
    for (int i = kept.size() - 1; i > 0; i--) {
      spread(kept, i, i - 1);
    }
  }

  private static void spread(List<BadBlock> kept, int from, int to) {
    BadBlock one = kept.get(from);
    BadBlock other = kept.get(to);
    boolean neighbours = one.area() == other.area() && Math.abs(one.number() - other.number()) == 1;
    boolean open = other.seen() == null || other.seen().is(MismatchKind.ERASED);
    if (neighbours && open && one.seen() != null && one.seen().is(MismatchKind.STALE)) {
      kept.set(to, other.as(one.seen()));
    }
  }
}
