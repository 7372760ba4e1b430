package dev.wrtfarm.bench.farm;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BareJvm;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.launcher.FolderTree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** {@code wrtfarm up --detach} until it returns, and what then lies in memory. */
public final class FarmStart {
  private FarmStart() {}

  public static void run(Measurements into, Workbench bench) throws IOException {
    BareJvm bare = new BareJvm(bench);
    for (int round = 1; round <= bench.rounds(); round++) {
      bench.say("farm, round %d of %d".formatted(round, bench.rounds()));
      into.time(BareJvm.NAME, bare.start());
      BenchFarm farm = BenchFarm.in(bench, "farm-" + round);
      up(into, farm, "up, first start");
      farm.down();
      up(into, farm, "up, later start");
      FarmMemory.reference(into, bare.memory());
      FarmMemory.measure(into, farm, "");
      bench.cleanup().close(farm);
      FolderTree.delete(farm.data());
    }
  }

  /** The programs start one after the other: their instants say where the time went. */
  private static void up(Measurements into, BenchFarm farm, String name) {
    Instant began = Instant.now();
    into.time(name, farm.up(), BareJvm.NAME);
    FarmFile.read(farm.data())
        .ready()
        .forEach((program, ready) ->
            into.time(name + ": " + program + " is ready", Duration.between(began, ready)));
  }
}
