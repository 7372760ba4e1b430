package dev.wrtfarm.flash.image;

import dev.wrtfarm.common.flash.ImageFacts;
import java.io.IOException;
import java.io.InputStream;

/** An image that was looked through once, and can be streamed again and again. */
public interface ImageInput {
  ImageFacts facts();

  /**
   * The bytes that come onto the card, decompressed as they are read. Both digests are checked on
   * the way: the read that would return the end throws {@link ImageRefused} instead when the file
   * is not what {@link #facts} says.
   */
  InputStream open() throws IOException;
}
