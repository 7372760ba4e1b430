package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import java.lang.foreign.MemorySegment;

/** A run that only reads: compares a card with an image, now or long after it was written. */
final class Checking {
  private final Scene scene;

  Checking(Scene scene) {
    this.scene = scene;
  }

  void check() throws RunStopped {
    ImageSums sums = sums();
    ReadBack readBack = new ReadBack(scene, sums, new MarkTrial(scene));
    BadBlocks bad = readBack.read();
    boolean twice = scene.request().options().level().compareTo(Level.THOROUGH) >= 0;
    if (bad.isEmpty() && twice) {
      bad = readBack.read();
    }
    scene.record().found(bad);
    if (!bad.isEmpty()) {
      Verdict verdict = Judgement.of(scene.layout(), bad, true, true);
      if (verdict == Verdict.GHOST_WRITE) {
        // marks of an earlier run that was cut off; this one wrote nothing that could be dropped
        verdict = Verdict.DATA_LOST;
      }
      throw new RunStopped(
          verdict, Explanation.of(verdict, bad, Capacity.estimate(scene.layout(), bad)));
    }
  }

  /** The image is read first, so a wrong file is never taken for a wrong card. */
  private ImageSums sums() throws RunStopped {
    scene.card().begin("image", scene.layout().imageEnd());
    ImageSums sums = ImageSums.of(scene.request(), scene.layout());
    try (ImageReader image = new ImageReader(scene.request().image(), scene.layout().config())) {
      while (true) {
        long offset = image.offset();
        MemorySegment part = image.next(scene.buffers().chunk());
        if (part == null) {
          return sums;
        }
        sums.add(offset, part);
        scene.card().worked(part.byteSize());
      }
    }
  }
}
