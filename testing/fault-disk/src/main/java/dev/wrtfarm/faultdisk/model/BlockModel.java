package dev.wrtfarm.faultdisk.model;

import dev.wrtfarm.faultdisk.model.DiskFailed.Error;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A card. Requests meet first what delays or refuses them, then the card's cache, and behind it the
 * faults of the medium, block by block.
 */
public final class BlockModel implements AutoCloseable {
  public static final int BLOCK = 4096;

  private final Store store;
  private final @Nullable WriteCache cache;
  private volatile List<Fault> faults;
  private volatile boolean unplugged;
  private long bytesWritten;
  private long bytesRead;

  private BlockModel(Store store, @Nullable WriteCache cache, List<Fault> faults) {
    this.store = store;
    this.cache = cache;
    this.faults = List.copyOf(faults);
  }

  /** In memory. */
  public static Builder ofSize(long bytes) {
    return new Builder(new MemoryStore(bytes));
  }

  public static Builder on(Store store) {
    return new Builder(store);
  }

  /** Collects what is wrong with the card. */
  public static final class Builder {
    private final Store store;
    private final List<Fault> faults = new ArrayList<>();
    private @Nullable WriteCache cache;

    private Builder(Store store) {
      if (store.size() <= 0 || store.size() % BLOCK != 0) {
        throw new IllegalArgumentException("not a size in whole blocks: " + store.size());
      }
      this.store = store;
    }

    public Builder with(Fault fault) {
      faults.add(fault);
      return this;
    }

    /** Lost by a power cycle, and kept by a flush. */
    public Builder honestCache(int blocks) {
      cache = new WriteCache(blocks, WriteCache.Flush.HONEST, false);
      return this;
    }

    /** Lost by a power cycle, whatever was flushed. */
    public Builder lyingCache(int blocks) {
      cache = new WriteCache(blocks, WriteCache.Flush.LIES, false);
      return this;
    }

    /** Never written to the medium but by pushing it out, and kept over a reset. */
    public Builder stubbornCache(int blocks) {
      cache = new WriteCache(blocks, WriteCache.Flush.LIES, true);
      return this;
    }

    public BlockModel build() {
      return new BlockModel(store, cache, faults);
    }
  }

  public long size() {
    return store.size();
  }

  public void read(long offset, ByteBuffer into) throws IOException {
    Stretch blocks = request(offset, into.remaining());
    for (Fault fault : faults) {
      fault.requestRead(blocks);
    }
    synchronized (this) {
      bytesRead += into.remaining();
      if (isPlain()) {
        store.read(offset, into);
        return;
      }
      for (long at = offset; into.hasRemaining(); ) {
        int within = (int) (at % BLOCK);
        int bytes = Math.min(into.remaining(), BLOCK - within);
        into.put(load(at / BLOCK, true), within, bytes);
        at += bytes;
      }
    }
  }

  public void write(long offset, ByteBuffer from) throws IOException {
    Stretch blocks = request(offset, from.remaining());
    for (Fault fault : faults) {
      fault.requestWrite(blocks);
    }
    synchronized (this) {
      bytesWritten += from.remaining();
      if (isPlain()) {
        store.write(offset, from);
        return;
      }
      for (long at = offset; from.hasRemaining(); ) {
        int within = (int) (at % BLOCK);
        int bytes = Math.min(from.remaining(), BLOCK - within);
        byte[] data = bytes == BLOCK ? new byte[BLOCK] : load(at / BLOCK, false);
        from.get(data, within, bytes);
        if (cache == null) {
          keep(at / BLOCK, data);
        } else {
          cache.put(at / BLOCK, data, this::keep);
        }
        at += bytes;
      }
    }
  }

  public void flush() throws IOException {
    if (unplugged) {
      throw new DiskFailed(Error.ENODEV);
    }
    for (Fault fault : faults) {
      fault.requestFlush();
    }
    synchronized (this) {
      if (cache != null) {
        cache.flush(this::keep);
      }
    }
  }

  /** The card loses its power, and gets it back. */
  public synchronized void powerCycle() {
    if (cache != null) {
      cache.powerCycle();
    }
  }

  /** From now on each request fails, until it is plugged in again. */
  public void unplug() {
    unplugged = true;
  }

  public void plugIn() {
    unplugged = false;
  }

  /** From now on these faults, and no others. */
  public void become(Fault... now) {
    faults = List.of(now);
  }

  /** Puts bytes onto the medium itself, past cache and faults. */
  public synchronized void plant(long offset, byte[] bytes) throws IOException {
    store.write(offset, ByteBuffer.wrap(bytes));
  }

  /** What is on the medium itself. */
  public synchronized byte[] medium(long offset, int bytes) throws IOException {
    byte[] found = new byte[bytes];
    store.read(offset, ByteBuffer.wrap(found));
    return found;
  }

  /** What the card was told to write, taken or not. */
  public synchronized long bytesWritten() {
    return bytesWritten;
  }

  /** What the card has delivered. */
  public synchronized long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  private Stretch request(long offset, int bytes) throws DiskFailed {
    if (offset < 0 || bytes <= 0 || offset + bytes > store.size()) {
      throw new IllegalArgumentException(
          "%d+%d is not on a card of %d bytes".formatted(offset, bytes, store.size()));
    }
    if (unplugged) {
      throw new DiskFailed(Error.ENODEV);
    }
    return Stretch.ofBytes(offset, bytes);
  }

  private boolean isPlain() {
    return cache == null && faults.stream().noneMatch(Fault::seesBlocks);
  }

  private byte[] load(long block, boolean garbled) throws IOException {
    byte[] held = cache == null ? null : cache.get(block);
    if (held != null) {
      return held.clone();
    }
    byte[] data = new byte[BLOCK];
    store.read(place(block) * BLOCK, ByteBuffer.wrap(data));
    if (garbled) {
      for (Fault fault : faults) {
        fault.deliver(block, data);
      }
    }
    return data;
  }

  private void keep(long block, byte[] data) throws IOException {
    for (Fault fault : faults) {
      if (!fault.takes(block)) {
        return;
      }
    }
    for (Fault fault : faults) {
      fault.store(block, data);
    }
    store.write(place(block) * BLOCK, ByteBuffer.wrap(data));
  }

  private long place(long block) {
    long place = block;
    for (Fault fault : faults) {
      place = fault.place(place);
    }
    return place;
  }
}
