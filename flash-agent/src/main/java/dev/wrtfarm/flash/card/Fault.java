package dev.wrtfarm.flash.card;

import dev.wrtfarm.common.flash.FlashReport;

/**
 * What a run's report says against its card.
 *
 * @param points that the card's score loses
 * @param lied it reported success for what it did not do
 * @param makesSuspect not to be trusted without a person, until it passes a qualification
 */
record Fault(int points, boolean lied, boolean makesSuspect) {
  static final int SLOW_POINTS = 10;
  private static final Fault NONE = new Fault(0, false, false);
  private static final int REWRITTEN = 15;

  static Fault of(FlashReport report) {
    return switch (report.verdict()) {
      case GHOST_WRITE, READ_ONLY, FAKE_CAPACITY -> new Fault(100, true, true);
      case READ_FAILED, WRITE_FAILED, STUCK -> new Fault(40, false, true);
      case UNSTABLE, DATA_LOST -> new Fault(30, false, true);
      case PASSED, PARTIAL -> report.rewritten() > 0 ? new Fault(REWRITTEN, false, true) : NONE;
      // Not the card's doing.
      case INTERRUPTED,
          IMAGE_REFUSED,
          DEVICE_CHANGED,
          REFUSED,
          CANCELLED,
          NOT_EXCLUSIVE,
          FARM_REFUSED ->
          NONE;
    };
  }
}
