package dev.wrtfarm.flash.run;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.flash.mark.Mark;
import dev.wrtfarm.flash.mark.Marks;
import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Tells what a wrong block is from its content alone. For one thread at a time. */
final class Recognition {
  private final Marks marks;
  private final OldContent old;

  Recognition(Marks marks, OldContent old) {
    this.marks = marks;
    this.old = old;
  }

  /** Null when it could be anything. */
  @Nullable Seen see(long number, MemorySegment block) {
    Mark mark = marks.read(block);
    if (mark != null && mark.ours()) {
      return mark.number() == number
          ? Seen.of(MismatchKind.STALE_NONCE)
          : alias(mark.number(), number);
    }
    // no run but an earlier one can have written another run's mark
    if (mark != null || old.was(number, block)) {
      return Seen.of(MismatchKind.STALE);
    }
    return isErased(block) ? Seen.of(MismatchKind.ERASED) : null;
  }

  static Seen alias(long belongs, long found) {
    return new Seen(MismatchKind.ALIAS, Math.abs(belongs - found) * Medium.BLOCK);
  }

  static boolean isErased(MemorySegment block) {
    byte first = block.get(JAVA_BYTE, 0);
    if (first != 0 && first != (byte) 0xFF) {
      return false;
    }
    for (long at = 0; at < block.byteSize(); at += Long.BYTES) {
      if (block.get(JAVA_LONG, at) != (long) first) {
        return false;
      }
    }
    return true;
  }
}
