package dev.wrtfarm.flash.mark;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes and recognizes marked blocks. A mark says which run wrote it and where to, so a block that
 * comes back in the wrong place tells where it belongs; and no card can have held it before, as the
 * run's id is random.
 *
 * <p>Layout: magic (8 bytes), kind (4), zero (4), run id (16), block number (8), SHA-256 of all
 * that (32), then filler that follows from the digest, so that two marks share no stretch of bytes
 * and a card cannot compress them. Not for several threads at once.
 */
public final class Marks {
  public static final int RUN_ID_BYTES = 16;

  private static final long MAGIC = 0x016d726166747277L; // "wrtfarm", 1
  private static final int RUN_ID = 16;
  private static final int NUMBER = 32;
  private static final int DIGEST = 40;
  private static final int FILLER = 72;

  private final byte[] runId;
  private final byte[] header = new byte[DIGEST];
  private final MemorySegment headerView = MemorySegment.ofArray(header);
  private final MemorySegment scratch = Arena.ofAuto().allocate(Medium.BLOCK, 8);
  private final MessageDigest sha256;

  public Marks(byte[] runId) {
    if (runId.length != RUN_ID_BYTES) {
      throw new IllegalArgumentException("a run id has 16 bytes, not " + runId.length);
    }
    this.runId = runId.clone();
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fills a block with the mark for the place with that number. */
  public void fill(MarkKind kind, long number, MemorySegment block) {
    fill(kind.ordinal(), runId, number, block);
  }

  public boolean isAt(MarkKind kind, long number, MemorySegment block) {
    fill(kind, number, scratch);
    return scratch.mismatch(block) == -1;
  }

  /** The mark that this block is, of whatever run and place; null when it is none. */
  public @Nullable Mark read(MemorySegment block) {
    if (block.get(JAVA_LONG, 0) != MAGIC) {
      return null;
    }
    int kind = block.get(JAVA_INT, 8);
    if (kind < 0 || kind >= MarkKind.values().length) {
      return null;
    }
    byte[] run = block.asSlice(RUN_ID, RUN_ID_BYTES).toArray(JAVA_BYTE);
    long number = block.get(JAVA_LONG, NUMBER);
    fill(kind, run, number, scratch);
    return scratch.mismatch(block) == -1
        ? new Mark(MarkKind.values()[kind], number, Arrays.equals(run, runId))
        : null;
  }

  private void fill(int kind, byte[] run, long number, MemorySegment block) {
    headerView.set(JAVA_LONG_UNALIGNED, 0, MAGIC);
    headerView.set(JAVA_INT_UNALIGNED, 8, kind);
    System.arraycopy(run, 0, header, RUN_ID, RUN_ID_BYTES);
    headerView.set(JAVA_LONG_UNALIGNED, NUMBER, number);
    byte[] digest = sha256.digest(header);
    MemorySegment.copy(header, 0, block, JAVA_BYTE, 0, DIGEST);
    MemorySegment.copy(digest, 0, block, JAVA_BYTE, DIGEST, digest.length);
    long state = block.get(JAVA_LONG, DIGEST);
    for (long at = FILLER; at < Medium.BLOCK; at += Long.BYTES) {
      // splitmix64: every output differs, and none of it compresses
      state += 0x9e3779b97f4a7c15L;
      long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
      block.set(JAVA_LONG, at, mixed ^ (mixed >>> 31));
    }
  }
}
