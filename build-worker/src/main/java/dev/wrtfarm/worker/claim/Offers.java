package dev.wrtfarm.worker.claim;

import java.time.Duration;

/** Hints that work waits. */
interface Offers extends AutoCloseable {
  /** Waits for an offer, at most this long; returns whether one is held now. */
  boolean await(Duration atMost) throws InterruptedException;

  /** The offer that is held led to an answer of the farm, whatever that was. */
  void accept();

  /** The farm could not be asked; another worker may. */
  void release();

  /** From any thread: whether offers can arrive now. */
  boolean connected();

  /** From any thread: ends a wait. */
  void wake();

  @Override
  void close();
}
