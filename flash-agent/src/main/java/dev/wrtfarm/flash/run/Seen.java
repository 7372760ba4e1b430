package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.MismatchKind;
import org.jspecify.annotations.Nullable;

/**
 * What a wrong block turned out to be.
 *
 * @param distance for ALIAS: how many bytes away its content belongs
 */
record Seen(MismatchKind kind, @Nullable Long distance) {
  static Seen of(MismatchKind kind) {
    return new Seen(kind, null);
  }

  boolean is(MismatchKind other) {
    return kind == other;
  }
}
