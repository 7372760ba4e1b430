package dev.wrtfarm.flash.lane;

import dev.wrtfarm.common.flash.FlashReport;

/** Whoever waits for a run; called from the thread that follows it, and must not block. */
public interface RunWatch {
  /** Called every second or so. */
  void status(RunStatus status);

  /** Whether somebody wants the run stopped. */
  boolean isCancelAsked();

  /**
   * The card does not answer any more; called once. Its lane may hang in the kernel for as long as
   * the card is there.
   *
   * @return whether to go on waiting for it
   */
  boolean stuck(FlashReport report);
}
