package dev.wrtfarm.faultdisk.model;

/** Some neighbouring blocks. */
public record Stretch(long firstBlock, long blocks) {
  public Stretch {
    if (firstBlock < 0 || blocks <= 0) {
      throw new IllegalArgumentException("not a stretch of blocks: " + firstBlock + "+" + blocks);
    }
  }

  /** The blocks that these bytes touch. */
  public static Stretch ofBytes(long offset, long bytes) {
    long first = offset / BlockModel.BLOCK;
    return new Stretch(first, (offset + bytes - 1) / BlockModel.BLOCK - first + 1);
  }

  public boolean contains(long block) {
    return block >= firstBlock && block < firstBlock + blocks;
  }

  public boolean meets(Stretch other) {
    return firstBlock < other.firstBlock + other.blocks && other.firstBlock < firstBlock + blocks;
  }
}
