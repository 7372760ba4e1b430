package dev.wrtfarm.flash.run;

import org.jspecify.annotations.Nullable;

/**
 * A block that did not hold what it should.
 *
 * @param fingerprint of what it held when it was first read
 * @param seen what that was; null while it could be anything
 */
record BadBlock(Area area, long number, long fingerprint, @Nullable Seen seen) {
  BadBlock as(Seen what) {
    return new BadBlock(area, number, fingerprint, what);
  }
}
