package dev.wrtfarm.bench.build;

import dev.wrtfarm.bench.farm.BenchFarm;
import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.rest.BuildView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** One package manager: the same image by the farm and by hand. */
final class BuildPair {
  private static final Map<Stage, String> BY_HAND =
      Map.of(
          Stage.MANIFEST, "by hand, make manifest",
          Stage.ASSEMBLE, "by hand, make image");

  private final SampleRecipes recipes;
  private final FarmClient farm;
  private final BareBuild bare;

  private BuildPair(SampleRecipes recipes, FarmClient farm, BareBuild bare) {
    this.recipes = recipes;
    this.farm = farm;
    this.bare = bare;
  }

  /** Builds once each way, unmeasured: the farm then has its Image Builder, the disk cache both. */
  static BuildPair warm(
      Workbench bench, BenchFarm benchFarm, FarmClient farm, SampleRecipes recipes)
      throws IOException {
    BuildView built = built(farm, recipes, "warm");
    BareUser user = new BareUser(bench);
    Path folder = user.folder("by-hand-" + recipes.kind());
    BareTree tree = BareTree.of(built, user, benchFarm.sampleUpstream(), folder);
    BuildPair pair = new BuildPair(recipes, farm, new BareBuild(user, tree, folder));
    pair.bare.run("warm");
    return pair;
  }

  /** Who goes first changes with the round, so that neither always finds the machine warmer. */
  void round(Measurements into, int round) throws IOException {
    String distinct = Integer.toString(round);
    if (round % 2 == 0) {
      byFarm(into, distinct);
      byHand(into, distinct);
    } else {
      byHand(into, distinct);
      byFarm(into, distinct);
    }
  }

  private void byHand(Measurements into, String distinct) throws IOException {
    BareBuild.Took took = bare.run(distinct);
    into.time(name("by hand, both"), took.both());
    into.time(name("by hand, make manifest"), took.manifest());
    into.time(name("by hand, make image"), took.image());
  }

  private void byFarm(Measurements into, String distinct) {
    long began = System.nanoTime();
    BuildView built = built(farm, recipes, distinct);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    into.time(name("farm, submit → SUCCEEDED"), took, name("by hand, both"));
    into.time(name("farm, waits for a worker"), Duration.between(built.created(), started(built)));
    for (Stage stage : Stage.values()) {
      Duration spent = Duration.ofMillis(built.stageMillis().getOrDefault(stage, 0L));
      String wanted = BY_HAND.get(stage);
      into.time(
          name("farm, " + stage.name().toLowerCase(Locale.ROOT)),
          spent,
          wanted == null ? null : name(wanted));
    }
  }

  private String name(String what) {
    return recipes.kind() + " " + what;
  }

  private static Instant started(BuildView built) {
    return Objects.requireNonNull(built.started(), "a build that succeeded was started");
  }

  private static BuildView built(FarmClient farm, SampleRecipes recipes, String distinct) {
    BuildView built = farm.awaitEnd(farm.submit(recipes.recipe(distinct)).build().id());
    if (built.state() != BuildState.SUCCEEDED) {
      throw new BenchFailed("a build of the farm ended as " + built);
    }
    return built;
  }
}
