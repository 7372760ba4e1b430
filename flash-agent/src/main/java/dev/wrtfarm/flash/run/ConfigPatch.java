package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A configuration archive and where it goes. That place may lie in the image's own bytes (images
 * are often filled up to their partition's size), behind them, or across their end, so it is laid
 * over whatever is written or expected there. An empty archive changes nothing.
 */
record ConfigPatch(long offset, byte[] bytes) {

  /** Lays the archive over a segment that belongs at that offset of the card. */
  void apply(long segmentOffset, MemorySegment segment) {
    long begin = Math.max(offset, segmentOffset);
    long end = Math.min(offset + bytes.length, segmentOffset + segment.byteSize());
    if (begin < end) {
      MemorySegment.copy(
          MemorySegment.ofArray(bytes),
          begin - offset,
          segment,
          begin - segmentOffset,
          end - begin);
    }
  }

  /** Whether it changes any of the card's first bytes. */
  boolean changesFirst(long count) {
    return bytes.length > 0 && offset < count;
  }

  /** The whole blocks that it touches. */
  List<Region> blocks() {
    if (bytes.length == 0) {
      return List.of();
    }
    long first = offset / Medium.BLOCK * Medium.BLOCK;
    long end = Layout.wholeBlocks(offset + bytes.length) * Medium.BLOCK;
    return List.of(new Region(first, end - first));
  }
}
