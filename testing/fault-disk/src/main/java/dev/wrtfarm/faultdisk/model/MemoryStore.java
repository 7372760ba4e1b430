package dev.wrtfarm.faultdisk.model;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** In memory; pages that were never written take none. */
public final class MemoryStore implements Store {
  private static final int PAGE = 64 * 1024;

  private final long size;
  private final byte[] @Nullable [] pages;

  public MemoryStore(long size) {
    this.size = size;
    this.pages = new byte[Math.toIntExact((size + PAGE - 1) / PAGE)][];
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    for (long at = offset; into.hasRemaining(); ) {
      int within = (int) (at % PAGE);
      int bytes = Math.min(into.remaining(), PAGE - within);
      byte[] page = pages[(int) (at / PAGE)];
      into.put(page == null ? new byte[PAGE] : page, within, bytes);
      at += bytes;
    }
  }

  @Override
  public void write(long offset, ByteBuffer from) {
    for (long at = offset; from.hasRemaining(); ) {
      int within = (int) (at % PAGE);
      int bytes = Math.min(from.remaining(), PAGE - within);
      byte[] page = pages[(int) (at / PAGE)];
      if (page == null) {
        page = new byte[PAGE];
        pages[(int) (at / PAGE)] = page;
      }
      from.get(page, within, bytes);
      at += bytes;
    }
  }

  @Override
  public void close() {}
}
