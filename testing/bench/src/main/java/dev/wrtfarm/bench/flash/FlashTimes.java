package dev.wrtfarm.bench.flash;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.faultdisk.FaultDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** Write and verification of a flash beside those by hand, on two devices. */
public final class FlashTimes {
  /** A card takes seconds for each hundred; more would only take longer. */
  private static final long PACED_IMAGE = 256L * BenchCard.MIB;

  private static final long BARE_IMAGE = 1024L * BenchCard.MIB;

  /** Beyond the image: room for what is done outside it. */
  private static final long ROOM = 128L * BenchCard.MIB;

  /** The engine's first run is slower; an agent that has been up for a while is not. */
  private static final int UNMEASURED = 2;

  private FlashTimes() {}

  public static void run(Measurements into, Workbench bench) throws IOException {
    Optional<String> missing = FaultDisk.missing();
    if (missing.isPresent()) {
      bench.say("flash: NOT MEASURED, " + missing.get());
      return;
    }
    BenchCard bare = bench.cleanup().add(BenchCard.bare(bench.folder(), BARE_IMAGE + ROOM));
    measure("loop", bare, BARE_IMAGE, into, bench);
    bench.cleanup().close(bare);
    BenchCard paced = bench.cleanup().add(BenchCard.paced(bench.folder(), PACED_IMAGE + ROOM));
    measure("card", paced, PACED_IMAGE, into, bench);
    bench.cleanup().close(paced);
  }

  private static void measure(
      String name, BenchCard card, long imageBytes, Measurements into, Workbench bench)
      throws IOException {
    BenchImage image = BenchImage.make(bench.folder(), imageBytes);
    bench.say("flash, %s, %d rounds".formatted(name, bench.rounds()));
    for (int round = -UNMEASURED; round < bench.rounds(); round++) {
      FlashReport engine = null;
      if (round % 2 == 0) {
        engine = EngineFlash.run(card, imageBytes + ROOM, image);
      }
      PlainFlash.Times plain = PlainFlash.run(bench, card, image);
      if (engine == null) {
        engine = EngineFlash.run(card, imageBytes + ROOM, image);
      }
      if (round >= 0) {
        note(name + ", ", plain, engine, into);
      }
    }
    Files.delete(image.path());
  }

  private static void note(
      String name, PlainFlash.Times plain, FlashReport engine, Measurements into) {
    into.time(name + "dd write", plain.write());
    into.time(name + "dd | openssl", plain.verify());
    into.time(name + "dd both", plain.both());
    Duration write = phase(engine, "write");
    Duration verify = phase(engine, "verify");
    into.time(name + "flash write", write, name + "dd write");
    into.time(name + "flash verify", verify, name + "dd | openssl");
    into.time(name + "flash both", write.plus(verify), name + "dd both");
    engine
        .phaseMillis()
        .forEach((phase, millis) -> {
          if (!phase.equals("write") && !phase.equals("verify")) {
            into.time(name + "flash extra: " + phase, Duration.ofMillis(millis));
          }
        });
    long all = engine.phaseMillis().values().stream().mapToLong(Long::longValue).sum();
    into.time(name + "flash, all of it", Duration.ofMillis(all), name + "dd both");
  }

  private static Duration phase(FlashReport report, String phase) {
    Long millis = report.phaseMillis().get(phase);
    if (millis == null) {
      throw new IllegalStateException("the run has no phase " + phase + ": " + report);
    }
    return Duration.ofMillis(millis);
  }
}
