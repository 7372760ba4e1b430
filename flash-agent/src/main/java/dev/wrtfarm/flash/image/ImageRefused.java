package dev.wrtfarm.flash.image;

import java.io.IOException;

/** A file that is no image, or not the one it should be. The message says what to do. */
public final class ImageRefused extends IOException {
  private static final long serialVersionUID = 1L;

  public ImageRefused(String message) {
    super(message);
  }
}
