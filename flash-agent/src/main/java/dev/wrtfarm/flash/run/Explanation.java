package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Mismatch;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sentence for a person: what is wrong, and with what. */
final class Explanation {
  private Explanation() {}

  static String of(Verdict verdict, BadBlocks bad, @Nullable Long estimatedSize) {
    StringBuilder text = new StringBuilder(verdict.meaning());
    List<Mismatch> stretches = bad.stretches();
    if (!stretches.isEmpty()) {
      Mismatch first = stretches.getFirst();
      text.append(": ")
          .append(bad.bytes())
          .append(" bytes are wrong, the first at ")
          .append(first.offset())
          .append(" (")
          .append(first.area())
          .append("), which ")
          .append(words(first.kind()));
    }
    if (verdict == Verdict.FAKE_CAPACITY && estimatedSize != null) {
      text.append("; it has about ").append(estimatedSize).append(" bytes");
    }
    return text.toString();
  }

  private static String words(MismatchKind kind) {
    return switch (kind) {
      case STALE -> "hold what was there before the run";
      case STALE_NONCE -> "hold what the run wrote there first, not what it wrote later";
      case ALIAS -> "hold what was written somewhere else";
      case ERASED -> "are empty";
      case BITFLIP -> "differ in a few bits";
      case UNSTABLE -> "are different each time they are read";
      case CORRUPT -> "hold something unknown";
      case UNREADABLE -> "cannot be read";
    };
  }
}
