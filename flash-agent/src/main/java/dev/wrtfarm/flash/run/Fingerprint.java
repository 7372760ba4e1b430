package dev.wrtfarm.flash.run;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.MemorySegment;

/**
 * A 64-bit number for a block's content. It only helps to say what a wrong block is; whether a
 * block is right is never decided by it.
 */
final class Fingerprint {
  private Fingerprint() {}

  static long of(MemorySegment block) {
    long hash = 0x9e3779b97f4a7c15L;
    for (long at = 0; at < Medium.BLOCK; at += Long.BYTES) {
      hash = Long.rotateLeft(hash ^ block.get(JAVA_LONG, at), 29) * 0xbf58476d1ce4e5b9L;
    }
    return hash ^ (hash >>> 32);
  }
}
