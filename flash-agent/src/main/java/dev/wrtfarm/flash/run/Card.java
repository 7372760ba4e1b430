package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.FlashReport.Latency;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/**
 * The card of one run: the only way to its medium. Counts, tells the listener, and looks between
 * any two requests whether the run is to be stopped. For the run's own thread only.
 */
final class Card {
  private static final long TELL_EVERY_NANOS = 100_000_000;

  private final Medium given;
  private final boolean readOnly;
  private final RunListener listener;
  private final RunRecord record;
  private final LatencyCounter latency = new LatencyCounter();
  private Medium medium;
  private boolean recognized = true;
  private long written;
  private long read;
  private boolean wrote;
  private long done;
  private long total;
  private long told;

  /**
   * @param readOnly a write is then a mistake of the program and throws
   */
  Card(Medium medium, boolean readOnly, RunListener listener, RunRecord record) {
    this.given = medium;
    this.medium = medium;
    this.readOnly = readOnly;
    this.listener = listener;
    this.record = record;
  }

  /**
   * @param bytes that the phase will read and write, for its progress
   */
  void begin(String phase, long bytes) {
    record.begin(phase);
    done = 0;
    total = bytes;
    told = System.nanoTime();
    listener.phase(phase);
    listener.progress(0, total);
  }

  /** In whole blocks; a few sectors more may follow. */
  long blocks() {
    return medium.size() / Medium.BLOCK;
  }

  long size() {
    return medium.size();
  }

  void read(long offset, MemorySegment into) throws MediumFailed, RunStopped {
    stopIfCancelled();
    readAnyway(offset, into);
    advance(into.byteSize());
  }

  void write(long offset, MemorySegment from) throws MediumFailed, RunStopped {
    stopIfCancelled();
    writeAnyway(offset, from);
    advance(from.byteSize());
  }

  private void writeAnyway(long offset, MemorySegment from) throws MediumFailed {
    if (readOnly) {
      throw new IllegalStateException("a run that only reads was about to write");
    }
    if (!recognized) {
      throw new IllegalStateException("a card that was not recognized was about to be written");
    }
    wrote = true;
    long began = System.nanoTime();
    medium.write(offset, from);
    latency.add((System.nanoTime() - began) / 1000);
    written += from.byteSize();
  }

  void flush() throws MediumFailed {
    medium.flush();
  }

  /**
   * Opened again, the card may be another one: nothing is written to it until it is recognized.
   *
   * @return whether the card was really reset
   */
  boolean cross(Barrier barrier, boolean reset) throws MediumFailed, RunStopped {
    stopIfCancelled();
    long size = medium.size();
    Barrier.Crossed crossed;
    try {
      crossed = barrier.cross(medium, reset);
    } catch (MediumFailed e) {
      recognized &= !e.operation().equals("reset");
      throw e;
    }
    record.barrier(crossed.record());
    recognized &= crossed.medium() == medium && !crossed.reset();
    medium = crossed.medium();
    if (medium.size() != size) {
      throw new MediumFailed("reset", -1, "ECHANGED");
    }
    return crossed.reset();
  }

  /** Whether it is surely the one that the run began with. */
  boolean isRecognized() {
    return recognized;
  }

  void recognized() {
    recognized = true;
  }

  /** Also when the run is to be stopped: what follows has to know which card it is. */
  void readAnyway(long offset, MemorySegment into) throws MediumFailed {
    try {
      medium.read(offset, into);
    } catch (MediumFailed e) {
      // an error takes seconds on some readers; many in a row are slow but no standstill
      listener.progress(Math.min(done, total), total);
      throw e;
    }
    read += into.byteSize();
  }

  /** Takes the start of the card away, whatever became of the run, and looks whether it is gone. */
  boolean makeUnbootable(MemorySegment block) {
    if (!recognized) {
      return false;
    }
    try {
      writeAnyway(0, block.fill((byte) 0));
      medium.flush();
      medium.read(0, block.fill((byte) 1));
      return Recognition.isErased(block);
    } catch (MediumFailed e) {
      return false;
    }
  }

  OptionalLong delivered() {
    return medium.delivered();
  }

  boolean wrote() {
    return wrote;
  }

  long bytesWritten() {
    return written;
  }

  long bytesRead() {
    return read;
  }

  Latency latency() {
    return latency.latency();
  }

  /** What a reset opened again is closed here; what the run was given belongs to its caller. */
  void close() {
    if (medium != given) {
      medium.close();
    }
  }

  /** Tells the listener of work that is no request to the card. */
  void worked(long bytes) throws RunStopped {
    stopIfCancelled();
    advance(bytes);
  }

  private void advance(long bytes) {
    done += bytes;
    long now = System.nanoTime();
    if (now - told >= TELL_EVERY_NANOS || done == total) {
      told = now;
      listener.progress(Math.min(done, total), total);
    }
  }

  private void stopIfCancelled() throws RunStopped {
    if (listener.isCancelled()) {
      throw new RunStopped(Verdict.CANCELLED, Verdict.CANCELLED.meaning());
    }
  }
}
