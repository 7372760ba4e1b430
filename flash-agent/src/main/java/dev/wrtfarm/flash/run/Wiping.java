package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.medium.Region;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fills what is to be wiped behind the image with zeros, the configuration archive laid over them,
 * and reads it back.
 */
final class Wiping {
  private final Scene scene;
  private final Layout layout;
  private final Card card;
  private final MemorySegment expected;
  private final MemorySegment found;

  Wiping(Scene scene) {
    this.scene = scene;
    this.layout = scene.layout();
    this.card = scene.card();
    this.expected = scene.buffers().chunks()[0];
    this.found = scene.buffers().chunks()[1];
  }

  void write() throws MediumFailed, RunStopped {
    write("wipe", layout.outside());
    if (layout.restBytes() > 0) {
      card.write(layout.cardEnd(), expect(layout.cardEnd(), layout.cardEnd() + layout.restBytes()));
    }
  }

  /** Parts of what is wiped may be written again. */
  void write(String phase, List<Region> regions) throws MediumFailed, RunStopped {
    card.begin(phase, Stretches.bytes(regions));
    for (Region region : regions) {
      for (long at = region.offset(); at < region.end(); at += Buffers.CHUNK) {
        card.write(at, expect(at, region.end()));
      }
    }
  }

  long bytes() {
    return Stretches.bytes(layout.outside()) + layout.restBytes();
  }

  void read(BadBlocks bad) throws RunStopped {
    PiecewiseReading piecewise = new PiecewiseReading(card);
    Examination examination = new Examination(card, scene.buffers());
    Set<Long> unreadable = new HashSet<>();
    for (Region region : layout.outside()) {
      for (long at = region.offset(); at < region.end(); at += Buffers.CHUNK) {
        MemorySegment wanted = expect(at, region.end());
        MemorySegment part = found.asSlice(0, wanted.byteSize());
        piecewise.read(at, part, unreadable::add);
        if (unreadable.isEmpty() && wanted.mismatch(part) == -1) {
          continue;
        }
        compare(at, wanted, part, unreadable, examination, bad);
        unreadable.clear();
      }
    }
    if (layout.restBytes() > 0) {
      readRest(bad);
    }
  }

  /** A few sectors, fewer than a block: too few to say more of them than that they are wrong. */
  private void readRest(BadBlocks bad) throws RunStopped {
    MemorySegment wanted = expect(layout.cardEnd(), layout.cardEnd() + layout.restBytes());
    MemorySegment part = found.asSlice(0, layout.restBytes());
    BadBlock block = new BadBlock(Area.WIPED, layout.cardBlocks(), 0, null);
    try {
      card.read(layout.cardEnd(), part);
      if (wanted.mismatch(part) != -1) {
        bad.add(block);
      }
    } catch (MediumFailed e) {
      Failures.stopIfGone(e);
      bad.add(block.as(Seen.of(MismatchKind.UNREADABLE)));
    }
  }

  private void compare(
      long offset,
      MemorySegment wanted,
      MemorySegment part,
      Set<Long> unreadable,
      Examination examination,
      BadBlocks bad)
      throws RunStopped {
    for (long at = 0; at < part.byteSize(); at += Medium.BLOCK) {
      long number = (offset + at) / Medium.BLOCK;
      MemorySegment block = part.asSlice(at, Medium.BLOCK);
      MemorySegment right = wanted.asSlice(at, Medium.BLOCK);
      if (unreadable.contains(number)) {
        bad.add(new BadBlock(Area.WIPED, number, 0, Seen.of(MismatchKind.UNREADABLE)));
      } else if (block.mismatch(right) != -1) {
        Seen seen = scene.recognition().see(number, block);
        BadBlock one = new BadBlock(Area.WIPED, number, Fingerprint.of(block), seen);
        bad.add(examination.examine(one, right));
      }
    }
  }

  /** What belongs there, up to a whole chunk. */
  private MemorySegment expect(long offset, long end) {
    MemorySegment part = expected.asSlice(0, Math.min(Buffers.CHUNK, end - offset));
    part.fill((byte) 0);
    layout.config().apply(offset, part);
    return part;
  }
}
