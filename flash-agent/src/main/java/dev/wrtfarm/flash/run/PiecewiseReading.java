package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;

/**
 * Reads a stretch in smaller and smaller pieces when the device reports an error, to find the
 * blocks that cannot be read. A device may take seconds for each error, so after a number of them
 * the pieces are no longer made smaller.
 */
final class PiecewiseReading {
  private static final int ERRORS = 64;
  private static final int PIECES = 16;

  private final Card card;
  private int errors;

  PiecewiseReading(Card card) {
    this.card = card;
  }

  /**
   * @param unreadable gets the number of each block that could not be read; its content is zeros
   */
  void read(long offset, MemorySegment part, LongConsumer unreadable) throws RunStopped {
    try {
      card.read(offset, part);
      return;
    } catch (MediumFailed e) {
      Failures.stopIfGone(e);
      errors++;
    }
    long blocks = part.byteSize() / Medium.BLOCK;
    if (blocks == 1 || errors > ERRORS) {
      part.fill((byte) 0);
      for (long i = 0; i < blocks; i++) {
        unreadable.accept(offset / Medium.BLOCK + i);
      }
      return;
    }
    long piece = Math.max(1, blocks / PIECES) * Medium.BLOCK;
    for (long at = 0; at < part.byteSize(); at += piece) {
      long bytes = Math.min(piece, part.byteSize() - at);
      read(offset + at, part.asSlice(at, bytes), unreadable);
    }
  }
}
