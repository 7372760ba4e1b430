package dev.wrtfarm.worker.download;

import dev.wrtfarm.common.value.ByteSize;

/** Hears how far a transfer is. */
@FunctionalInterface
public interface Received {
  Received NOBODY = (_, _) -> {};

  /**
   * Some more bytes came in.
   *
   * @param total -1 when the server does not say
   */
  void bytes(long received, long total);

  /** For a person. */
  static String text(long received, long total) {
    String soFar = new ByteSize(received).toString();
    return total < received ? soFar : soFar + " of " + new ByteSize(total);
  }
}
