package dev.wrtfarm.faultdisk.model;

import java.util.Arrays;

/** A card that is smaller than it says. */
public final class FakeSize implements Fault {
  /** What happens to blocks that do not exist. */
  public enum Beyond {
    /** They are blocks from the start of the card again. */
    WRAPS,
    /** Writes are lost, reads give what was there when the model was made. */
    KEEPS,
    /** Writes are lost, reads give zeros. */
    ZEROS,
    /** Both fail. */
    FAILS
  }

  private final long realBlocks;
  private final Beyond beyond;

  public FakeSize(long realBytes, Beyond beyond) {
    if (realBytes <= 0 || realBytes % BlockModel.BLOCK != 0) {
      throw new IllegalArgumentException("not a size in whole blocks: " + realBytes);
    }
    this.realBlocks = realBytes / BlockModel.BLOCK;
    this.beyond = beyond;
  }

  @Override
  public void requestWrite(Stretch blocks) throws DiskFailed {
    requestRead(blocks);
  }

  @Override
  public void requestRead(Stretch blocks) throws DiskFailed {
    if (beyond == Beyond.FAILS && blocks.firstBlock() + blocks.blocks() > realBlocks) {
      throw new DiskFailed(DiskFailed.Error.EIO);
    }
  }

  @Override
  public long place(long block) {
    return beyond == Beyond.WRAPS ? block % realBlocks : block;
  }

  @Override
  public boolean takes(long block) {
    return block < realBlocks || beyond == Beyond.WRAPS;
  }

  @Override
  public void deliver(long block, byte[] data) {
    if (block >= realBlocks && beyond == Beyond.ZEROS) {
      Arrays.fill(data, (byte) 0);
    }
  }
}
