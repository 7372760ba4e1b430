package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.flash.mark.MarkKind;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.medium.Region;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Marks every block of some stretches, and looks later whether each mark is where it belongs. */
final class FillTrial {
  /** So many wrong blocks say enough. */
  private static final int WRONG = 4096;

  private final Scene scene;
  private final Card card;
  private final MarkKind kind;
  private final List<Region> regions;

  FillTrial(Scene scene, MarkKind kind, List<Region> regions) {
    this.scene = scene;
    this.card = scene.card();
    this.kind = kind;
    this.regions = regions;
  }

  void write(String phase) throws MediumFailed, RunStopped {
    card.begin(phase, Stretches.bytes(regions));
    for (Region region : regions) {
      for (long at = region.offset(); at < region.end(); at += Buffers.CHUNK) {
        card.write(at, expect(at, region.end()));
      }
    }
  }

  void check(String phase, BadBlocks bad) throws RunStopped {
    card.begin(phase, Stretches.bytes(regions));
    PiecewiseReading piecewise = new PiecewiseReading(card);
    Set<Long> unreadable = new HashSet<>();
    for (Region region : regions) {
      for (long at = region.offset(); at < region.end(); at += Buffers.CHUNK) {
        MemorySegment wanted = expect(at, region.end());
        MemorySegment part = scene.buffers().chunks()[1].asSlice(0, wanted.byteSize());
        piecewise.read(at, part, unreadable::add);
        if (!unreadable.isEmpty() || wanted.mismatch(part) != -1) {
          compare(at, wanted, part, unreadable, bad);
          unreadable.clear();
        }
        if (bad.kept().size() >= WRONG) {
          return;
        }
      }
    }
  }

  private void compare(
      long offset, MemorySegment wanted, MemorySegment part, Set<Long> unreadable, BadBlocks bad)
      throws RunStopped {
    Examination examination = new Examination(card, scene.buffers());
    for (long at = 0; at < part.byteSize(); at += Medium.BLOCK) {
      long number = (offset + at) / Medium.BLOCK;
      Area area = number < scene.layout().imageBlocks() ? Area.NONCE : Area.CANARY;
      MemorySegment block = part.asSlice(at, Medium.BLOCK);
      MemorySegment right = wanted.asSlice(at, Medium.BLOCK);
      if (unreadable.contains(number)) {
        bad.add(new BadBlock(area, number, 0, Seen.of(MismatchKind.UNREADABLE)));
      } else if (block.mismatch(right) != -1) {
        Seen seen = scene.recognition().see(number, block);
        BadBlock one = new BadBlock(area, number, Fingerprint.of(block), seen);
        bad.add(examination.examine(one, right));
      }
    }
  }

  private MemorySegment expect(long offset, long end) {
    MemorySegment part = scene.buffers().chunk().asSlice(0, Math.min(Buffers.CHUNK, end - offset));
    for (long at = 0; at < part.byteSize(); at += Medium.BLOCK) {
      scene.marks().fill(kind, (offset + at) / Medium.BLOCK, part.asSlice(at, Medium.BLOCK));
    }
    return part;
  }
}
