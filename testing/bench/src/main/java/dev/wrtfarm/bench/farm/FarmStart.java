package dev.wrtfarm.bench.farm;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BareJvm;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.launcher.FolderTree;
import java.io.IOException;

/** {@code wrtfarm up --detach} until it returns, and what then lies in memory. */
public final class FarmStart {
  private FarmStart() {}

  public static void run(Measurements into, Workbench bench) throws IOException {
    BareJvm bare = new BareJvm(bench);
    for (int round = 1; round <= bench.rounds(); round++) {
      bench.say("farm, round %d of %d".formatted(round, bench.rounds()));
      into.time(BareJvm.NAME, bare.start());
      BenchFarm farm = BenchFarm.in(bench, "farm-" + round);
      into.time("up, first start", farm.up(), BareJvm.NAME);
      farm.down();
      into.time("up, later start", farm.up(), BareJvm.NAME);
      FarmMemory.reference(into, bare.memory());
      FarmMemory.measure(into, farm, "");
      bench.cleanup().close(farm);
      FolderTree.delete(farm.data());
    }
  }
}
