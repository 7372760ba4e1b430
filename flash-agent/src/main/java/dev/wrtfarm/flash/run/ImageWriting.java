package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.MemorySegment;

/**
 * Writes the image whole: what is a hole in the file is written as zeros, for the card holds
 * something there. Another thread reads, unpacks and digests ahead.
 */
final class ImageWriting {
  /** A card with more writes than that to be repeated is not worth the time. */
  private static final int REPEATED = 16;

  private final Scene scene;
  private final Card card;
  private int repeated;

  ImageWriting(Scene scene) {
    this.scene = scene;
    this.card = scene.card();
  }

  /**
   * All but block 0, which is written last, when everything else is flushed and the image's digest
   * has turned out right: until then nothing boots from the card.
   */
  void write(ImageSums sums) throws MediumFailed, RunStopped {
    card.begin("write", scene.layout().imageEnd());
    MemorySegment first = scene.buffers().block();
    try (Conveyor conveyor =
        new Conveyor(scene.buffers(), "image-reader", belt -> readAhead(belt, sums))) {
      Conveyor.Load load;
      while (!(load = conveyor.takeFull()).isEnd()) {
        MemorySegment part = load.part();
        long offset = load.offset();
        if (offset == 0) {
          first.copyFrom(part.asSlice(0, Medium.BLOCK));
          part = part.asSlice(Medium.BLOCK);
          offset = Medium.BLOCK;
        }
        writeOnceMore(offset, part);
        conveyor.giveEmpty(load);
      }
      conveyor.finish();
    } catch (InterruptedException e) {
      throw Conveyor.interrupted();
    }
    card.flush();
    scene.record().nowBootable();
    writeOnceMore(0, first);
  }

  private void readAhead(Conveyor belt, ImageSums sums) throws RunStopped, InterruptedException {
    try (ImageReader image = new ImageReader(scene.request().image(), scene.layout().config())) {
      while (true) {
        MemorySegment buffer = belt.takeEmpty();
        long offset = image.offset();
        MemorySegment part = image.next(buffer);
        if (part == null) {
          belt.giveEnd();
          return;
        }
        sums.add(offset, part);
        belt.giveFull(new Conveyor.Load(offset, buffer, part));
      }
    }
  }

  private void writeOnceMore(long offset, MemorySegment part) throws MediumFailed, RunStopped {
    if (part.byteSize() == 0) {
      return;
    }
    try {
      card.write(offset, part);
    } catch (MediumFailed e) {
      if (Failures.verdict(e) != Verdict.WRITE_FAILED || ++repeated > REPEATED) {
        throw e;
      }
      card.write(offset, part);
      scene.record().rewrote(1);
    }
  }
}
