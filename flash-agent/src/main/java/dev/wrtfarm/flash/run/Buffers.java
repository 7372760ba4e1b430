package dev.wrtfarm.flash.run;

import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * All the memory that goes to and comes from a card: three chunks, so that one is filled while
 * another is emptied and none waits, and a few single blocks.
 */
final class Buffers {
  /** What is written and read at once; the usual size of a card's erase block. */
  static final int CHUNK = 4 << 20;

  static final int BLOCKS_PER_CHUNK = CHUNK / Medium.BLOCK;

  private final MemorySegment[] chunks = new MemorySegment[3];
  private final MemorySegment block;
  private final MemorySegment otherBlock;

  Buffers(Arena arena) {
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = arena.allocate(CHUNK, Medium.BLOCK);
    }
    block = arena.allocate(Medium.BLOCK, Medium.BLOCK);
    otherBlock = arena.allocate(Medium.BLOCK, Medium.BLOCK);
  }

  MemorySegment[] chunks() {
    return chunks;
  }

  /** For a step that works alone. */
  MemorySegment chunk() {
    return chunks[0];
  }

  MemorySegment block() {
    return block;
  }

  MemorySegment otherBlock() {
    return otherBlock;
  }
}
