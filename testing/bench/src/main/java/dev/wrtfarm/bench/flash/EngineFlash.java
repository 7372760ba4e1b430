package dev.wrtfarm.bench.flash;

import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.linux.OpenFile;
import dev.wrtfarm.flash.linux.OpenFlag;
import dev.wrtfarm.flash.medium.BlockDevice;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.medium.Region;
import dev.wrtfarm.flash.run.Barrier;
import dev.wrtfarm.flash.run.FlashRun;
import dev.wrtfarm.flash.run.RunListener;
import dev.wrtfarm.flash.run.RunRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

/** The flash agent's engine in this process, which is warm after the first run. */
final class EngineFlash {
  private static final long WIPE = 8L * BenchCard.MIB;

  private EngineFlash() {}

  /** A whole run on a card of {@code size} bytes, with everything that the level adds. */
  static FlashReport run(BenchCard card, long size, BenchImage image) throws IOException {
    byte[] runId = new byte[16];
    new SecureRandom().nextBytes(runId);
    RunRequest request =
        new RunRequest(
            FlashKind.FLASH,
            new FlashOptions(Level.STANDARD, Wipe.SIGNATURES, null, null),
            image.input(),
            List.of(
                new Region(0, WIPE),
                new Region(image.bytes(), BenchCard.MIB),
                new Region(size - WIPE, WIPE)),
            new byte[0],
            runId);
    try (Medium medium = open(card)) {
      FlashReport report = new FlashRun(medium, request, barrier(card), RunListener.NOBODY).run();
      if (report.verdict() != Verdict.PASSED) {
        throw new BenchFailed("the run on a good card ended with " + report);
      }
      return report;
    }
  }

  private static Medium open(BenchCard card) throws IOException {
    return new BlockDevice(
        OpenFile.open(
            card.node(),
            OpenFlag.READ_WRITE,
            OpenFlag.EXCLUSIVE,
            OpenFlag.DIRECT,
            OpenFlag.NO_FOLLOW));
  }

  private static Barrier barrier(BenchCard card) {
    return (medium, reset) -> {
      medium.flush();
      if (!reset) {
        return new Barrier.Crossed(medium, "fsync; reset: none", false);
      }
      medium.close();
      try {
        card.replug();
        return new Barrier.Crossed(open(card), "fsync; reset: attached anew", true);
      } catch (IOException e) {
        throw new MediumFailed("reset: " + e.getMessage(), -1, "ENODEV");
      }
    };
  }
}
