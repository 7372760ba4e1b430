package dev.wrtfarm.flash.run;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;

/** A card in memory that lies, block by block. Block numbers count from 0. */
final class FaultyMedium implements Medium {
  private final MemorySegment content;
  private final Random random = new Random(7);
  private final LinkedHashMap<Long, byte[]> memory = new LinkedHashMap<>();
  private long delivered;

  /** Writes to these blocks are accepted and forgotten. */
  LongPredicate drops = block -> false;

  /** Writes to these fail. */
  LongPredicate refuses = block -> false;

  /** Reading these fails. */
  LongPredicate unreadable = block -> false;

  /** What becomes of a block when it is written. */
  BiConsumer<Long, MemorySegment> mangles = (block, content) -> {};

  /** The kernel's name for a refused write. */
  String refusal = "EIO";

  /** Every bit flip is on one of these, on each reading anew. */
  LongPredicate flips = block -> false;

  /** Blocks there really are; a higher one is the same as one below. */
  long wrapsAt = Long.MAX_VALUE;

  /** Once so many blocks were written, all others are dropped. */
  long takes = Long.MAX_VALUE;

  /** So many blocks are only remembered, flushed or not, until others take their place. */
  int remembers;

  /** Reads are answered from somewhere else. */
  boolean countsNothing;

  long blocksWritten;

  FaultyMedium(long bytes) {
    content = Arena.ofAuto().allocate(bytes, BLOCK);
  }

  byte[] bytes(long offset, long count) {
    return content.asSlice(offset, count).toArray(JAVA_BYTE);
  }

  MemorySegment content() {
    return content;
  }

  @Override
  public long size() {
    return content.byteSize();
  }

  @Override
  public void read(long offset, MemorySegment into) throws MediumFailed {
    for (long at = 0; at < into.byteSize(); at += BLOCK) {
      long block = (offset + at) / BLOCK;
      if (unreadable.test(block)) {
        throw new MediumFailed("read", offset + at, "EIO");
      }
      MemorySegment part = into.asSlice(at, Math.min(BLOCK, into.byteSize() - at));
      byte[] kept = memory.get(block);
      part.copyFrom(
          kept == null
              ? content.asSlice(block % wrapsAt * BLOCK, part.byteSize())
              : MemorySegment.ofArray(kept));
      if (flips.test(block)) {
        long bit = random.nextLong(BLOCK);
        byte old = part.get(JAVA_BYTE, bit);
        part.set(JAVA_BYTE, bit, (byte) (old ^ 4));
      }
    }
    delivered += into.byteSize();
  }

  @Override
  public void write(long offset, MemorySegment from) throws MediumFailed {
    for (long at = 0; at < from.byteSize(); at += BLOCK) {
      long block = (offset + at) / BLOCK;
      if (refuses.test(block)) {
        throw new MediumFailed("write", offset + at, refusal);
      }
      if (!drops.test(block) && blocksWritten++ < takes) {
        MemorySegment part = from.asSlice(at, Math.min(BLOCK, from.byteSize() - at));
        store(block, part);
      }
    }
  }

  private void store(long block, MemorySegment part) {
    if (remembers > 0) {
      memory.remove(block);
      memory.put(block, part.toArray(JAVA_BYTE));
      if (memory.size() > remembers) {
        long oldest = memory.firstEntry().getKey();
        MemorySegment.copy(memory.remove(oldest), 0, content, JAVA_BYTE, oldest * BLOCK, BLOCK);
      }
      return;
    }
    MemorySegment stored = content.asSlice(block % wrapsAt * BLOCK, part.byteSize());
    stored.copyFrom(part);
    mangles.accept(block, stored);
  }

  /** What was only remembered is gone. */
  void cutPower() {
    memory.clear();
  }

  @Override
  public void flush() {}

  @Override
  public OptionalLong delivered() {
    return OptionalLong.of(countsNothing ? 0 : delivered);
  }

  @Override
  public void close() {}
}
