package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.MemorySegment;
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
    long marked = layout.canaries().length + (whole ? 0 : layout.nonces().length + SAMPLES);
    scene.card().begin("snapshot", marked * Medium.BLOCK + (whole ? layout.imageEnd() : 0));
    look(layout.canaries());
    if (level == Level.QUALIFY) {
      look(samples(layout.cardBlocks()));
    }
    if (whole) {
      lookAtImageArea();
    } else {
      look(layout.nonces());
      look(samples(layout.imageBlocks()));
    }
  }

  private void lookAtImageArea() throws RunStopped {
    scene.old().willKnowFirst(layout.imageBlocks());
    for (long at = 0; at < layout.imageEnd(); at += Buffers.CHUNK) {
      long bytes = Math.min(Buffers.CHUNK, layout.imageEnd() - at);
      scene.old().lookAt(scene.card(), at, scene.buffers().chunk().asSlice(0, bytes));
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
