package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;

/** Looks at what is on the card, to know old content again. */
final class Snapshot {
  private static final int SAMPLES = 256;

  /** Reading that much in one go takes no longer than the samples. */
  private static final long READ_WHOLE = 32L << 20;

  private final Scene scene;
  private final Layout layout;

  Snapshot(Scene scene) {
    this.scene = scene;
    this.layout = scene.layout();
  }

  void take() throws RunStopped {
    Level level = scene.request().options().level();
    boolean whole = layout.imageEnd() <= READ_WHOLE || level.compareTo(Level.THOROUGH) >= 0;
    boolean wiped = Stretches.bytes(layout.outside()) <= READ_WHOLE;
    long marked = layout.canaries().length + (whole ? 0 : layout.nonces().length + SAMPLES);
    scene
        .card()
        .begin(
            "snapshot",
            marked * Medium.BLOCK
                + (whole ? layout.imageEnd() : 0)
                + (wiped ? Stretches.bytes(layout.outside()) : 0));
    look(layout.canaries());
    if (level == Level.QUALIFY) {
      look(samples(layout.cardBlocks()));
    }
    if (wiped) {
      // what is to be wiped is where old content does the most harm: it is known to the block
      lookAt(layout.outside());
    }
    if (whole) {
      scene.old().willKnowFirst(layout.imageBlocks());
      lookAt(List.of(new Region(0, layout.imageEnd())));
    } else {
      look(layout.nonces());
      look(samples(layout.imageBlocks()));
    }
  }

  private void lookAt(List<Region> regions) throws RunStopped {
    for (Region region : regions) {
      for (long at = region.offset(); at < region.end(); at += Buffers.CHUNK) {
        long bytes = Math.min(Buffers.CHUNK, region.end() - at);
        scene.old().lookAt(scene.card(), at, scene.buffers().chunk().asSlice(0, bytes));
      }
    }
  }

  private void look(long[] numbers) throws RunStopped {
    MemorySegment block = scene.buffers().block();
    for (long number : numbers) {
      scene.old().lookAt(scene.card(), number * Medium.BLOCK, block);
    }
  }

  private static long[] samples(long blocks) {
    return new Random(blocks).longs(SAMPLES, 0, blocks).sorted().toArray();
  }
}
