package dev.wrtfarm.flash.fault;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.Region;
import dev.wrtfarm.flash.run.Barrier;
import dev.wrtfarm.flash.run.FlashRun;
import dev.wrtfarm.flash.run.RunListener;
import dev.wrtfarm.flash.run.RunRequest;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** One run of the engine on a card. */
record Flashing(FlashKind kind, FlashOptions options, TestImage image, RunListener listener) {
  static final long CARD = 64 << 20;

  /** Where the image ends, in whole pieces of OpenWrt's overlay. */
  private static final long OVERLAY = 12 << 20;

  private static final long WIPE = 8 << 20;

  static Flashing of(TestImage image, Level level) {
    return new Flashing(
        FlashKind.FLASH,
        new FlashOptions(level, Wipe.SIGNATURES, null, null),
        image,
        RunListener.NOBODY);
  }

  static Flashing verifying(TestImage image, Level level) {
    return new Flashing(
        FlashKind.VERIFY,
        new FlashOptions(level, Wipe.SIGNATURES, null, null),
        image,
        RunListener.NOBODY);
  }

  Flashing heardBy(RunListener other) {
    return new Flashing(kind, options, image, other);
  }

  FlashReport on(Card card) throws IOException {
    return on(card, card.barrier());
  }

  FlashReport on(Card card, Barrier barrier) throws IOException {
    try (Medium medium = card.open()) {
      return on(medium, barrier);
    }
  }

  /** Without any reset. */
  FlashReport on(Medium medium) {
    return on(
        medium,
        (same, reset) -> {
          same.flush();
          return new Barrier.Crossed(same, "fsync; reset: none", false);
        });
  }

  private FlashReport on(Medium medium, Barrier barrier) {
    byte[] runId = new byte[16];
    // The same marks in each run of a test: what chance decides is decided once.
    new Random(42).nextBytes(runId);
    RunRequest request =
        new RunRequest(
            kind,
            options,
            image,
            List.of(
                new Region(0, WIPE),
                new Region(OVERLAY, 1 << 20),
                new Region(medium.size() - WIPE, WIPE)),
            new byte[0],
            runId);
    return new FlashRun(medium, request, barrier, listener).run();
  }
}
