package dev.wrtfarm.flash.reset;

import java.io.IOException;

/** Takes the power, or at least the connection, from one slot and gives it back. */
@FunctionalInterface
public interface PortReset {
  /**
   * Returns when it is done; the device comes back some time later.
   *
   * @return what was done, for the record: {@code port power}, {@code authorized}, {@code bind}
   */
  String reset() throws IOException;
}
