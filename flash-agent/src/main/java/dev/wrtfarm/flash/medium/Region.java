package dev.wrtfarm.flash.medium;

/** A stretch of a device, in bytes; offset and length are multiples of {@link Medium#BLOCK}. */
public record Region(long offset, long bytes) {
  public Region {
    if (offset < 0 || bytes <= 0 || offset % Medium.BLOCK != 0 || bytes % Medium.BLOCK != 0) {
      throw new IllegalArgumentException("not a stretch of whole blocks: " + offset + "+" + bytes);
    }
  }

  public long end() {
    return offset + bytes;
  }
}
