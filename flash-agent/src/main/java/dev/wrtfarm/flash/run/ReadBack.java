package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import java.util.OptionalLong;

/**
 * Reads back everything that the run is answerable for, and proves that the card was read: the
 * device's own counter must have risen by as much. A lost {@code O_DIRECT}, as it has happened to
 * other flashers, would show here.
 */
final class ReadBack {
  private final Scene scene;
  private final ImageSums sums;
  private final MarkTrial trial;

  ReadBack(Scene scene, ImageSums sums, MarkTrial trial) {
    this.scene = scene;
    this.sums = sums;
    this.trial = trial;
  }

  /**
   * @return the wrong blocks, and what they are; none when all is right
   */
  BadBlocks read() throws RunStopped {
    BadBlocks bad = new BadBlocks();
    boolean right = readCard(bad);
    boolean canariesTold = checkCanaries(bad);
    boolean mayAlias = scene.request().kind() == FlashKind.FLASH && !canariesTold;
    if (!bad.isEmpty()) {
      // what is found out so far is worth a report, should the diagnosis be cut short
      scene.record().found(bad);
      new Diagnosis(scene).diagnose(bad, mayAlias);
    } else if (!right) {
      throw new RunStopped(
          Verdict.DATA_LOST,
          Verdict.DATA_LOST.meaning() + ": each block seems right, but not the image's digest");
    }
    return bad;
  }

  private boolean readCard(BadBlocks bad) throws RunStopped {
    Card card = scene.card();
    boolean whole = scene.request().options().prefixBytes() == null;
    Wiping wiping = new Wiping(scene);
    long bytes = ImageReading.bytes(scene.layout()) + (whole ? wiping.bytes() : 0);
    OptionalLong before = card.delivered();
    long readBefore = card.bytesRead();
    card.begin("verify", bytes);
    boolean right = new ImageReading(scene, sums, bad).read();
    if (whole) {
      wiping.read(bad);
    }
    prove(before, card.delivered(), card.bytesRead() - readBefore);
    return right;
  }

  private void prove(OptionalLong before, OptionalLong after, long bytes) throws RunStopped {
    if (before.isEmpty() || after.isEmpty()) {
      scene.record().warn("the device does not count what it delivers; nothing proves the reading");
      return;
    }
    long delivered = after.getAsLong() - before.getAsLong();
    if (delivered < bytes) {
      throw new RunStopped(
          Verdict.READ_FAILED,
          "the card was not read: "
              + bytes
              + " bytes came back, but the device delivered only "
              + delivered
              + "; something between the program and the card keeps data");
    }
  }

  /** Whether there are canaries, and all of them are where they were. */
  private boolean checkCanaries(BadBlocks bad) throws RunStopped {
    if (scene.layout().canaries().length == 0) {
      return false;
    }
    trial.checkCanaries(bad);
    return !bad.any(block ->
        block.area() == Area.CANARY
            && (block.seen() == null || !block.seen().is(MismatchKind.UNREADABLE)));
  }
}
