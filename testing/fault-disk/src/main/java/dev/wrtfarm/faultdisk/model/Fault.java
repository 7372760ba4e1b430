package dev.wrtfarm.faultdisk.model;

/**
 * One thing that is wrong with a card. {@code request…} is asked once for each request, outside the
 * model's lock, so that it may wait; the rest is asked for each block, behind the card's cache and
 * under the lock.
 */
public interface Fault {
  /** A write arrives. */
  default void requestWrite(Stretch blocks) throws DiskFailed {}

  /** A read arrives. */
  default void requestRead(Stretch blocks) throws DiskFailed {}

  /** A flush arrives. */
  default void requestFlush() throws DiskFailed {}

  /** Where a block is really kept. */
  default long place(long block) {
    return block;
  }

  /** Whether the medium takes this block; false loses it silently. */
  default boolean takes(long block) {
    return true;
  }

  /** May change what is stored. */
  default void store(long block, byte[] data) {}

  /** May change what is delivered. */
  default void deliver(long block, byte[] data) {}

  /** False for a fault that only delays or refuses whole requests, and never sees a block. */
  default boolean seesBlocks() {
    return true;
  }
}
