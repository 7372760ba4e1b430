package dev.wrtfarm.bench.build;

import dev.wrtfarm.bench.farm.BenchFarm;
import dev.wrtfarm.bench.farm.FarmMemory;
import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BareJvm;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.launcher.FolderTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the farm costs, and where, above the Image Builder itself. */
public final class BuildTimes {
  private BuildTimes() {}

  public static void run(Measurements into, Workbench bench) throws IOException {
    BareJvm bare = new BareJvm(bench);
    BenchFarm farm = BenchFarm.in(bench, "farm-build");
    bench.say("build, starting a farm");
    farm.up();
    try (FarmClient client = new FarmClient(farm.api())) {
      List<BuildPair> pairs = new ArrayList<>();
      for (SampleRecipes recipes : SampleRecipes.ALL) {
        pairs.add(BuildPair.warm(bench, farm, client, recipes));
      }
      for (int round = 1; round <= bench.rounds(); round++) {
        bench.say("build, round %d of %d".formatted(round, bench.rounds()));
        for (BuildPair pair : pairs) {
          pair.round(into, round);
        }
        FarmMemory.reference(into, bare.memory());
        FarmMemory.measure(into, farm, " after builds");
      }
    }
    bench.cleanup().close(farm);
    FolderTree.delete(farm.data());
  }
}
