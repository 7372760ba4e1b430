package dev.wrtfarm.flash.lane;

import dev.wrtfarm.flash.device.DeviceRefused;

/** Whose permission a run needs, when everything is ready. */
@FunctionalInterface
public interface Word {
  /** A person at this host gave it with the plan. */
  Word GIVEN = () -> {};

  /**
   * Returns when it may be written, however long that takes.
   *
   * @throws DeviceRefused what was planned is not to be carried out any more
   */
  void ask() throws Withheld, DeviceRefused, InterruptedException;

  /** It may not. */
  final class Withheld extends Exception {
    private static final long serialVersionUID = 1L;

    public Withheld(String why) {
      super(why);
    }
  }
}
