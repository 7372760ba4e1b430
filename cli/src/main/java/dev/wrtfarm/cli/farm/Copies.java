package dev.wrtfarm.cli.farm;

import dev.wrtfarm.launcher.FolderTree;
import dev.wrtfarm.launcher.InstalledPrograms;
import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the programs of a farm are started from. The next build in the checkout must not change a
 * program that runs, and as root other users must be able to read it.
 */
sealed interface Copies {
  Path of(Path built);

  /** Called when everything runs: what no program uses now is of no use. */
  void forgetOthers() throws IOException;

  static Copies forFarm(FarmPlan plan) {
    if (SystemUser.isRoot()) {
      return new OfMachine(InstalledPrograms.ofThisMachine());
    }
    return plan.lasting() ? new OfFarm(plan.data().path().resolve("app")) : new None();
  }

  /** As root: one place for all farms and tests, which cleans up by age. */
  record OfMachine(InstalledPrograms programs) implements Copies {
    @Override
    public Path of(Path built) {
      return programs.install(built);
    }

    @Override
    public void forgetOthers() {}
  }

  /** A user's own farm keeps them in its data folder, which it owns alone. */
  final class OfFarm implements Copies {
    private final Path folder;
    private final InstalledPrograms programs;
    private final Set<Path> used = new HashSet<>();

    OfFarm(Path folder) {
      this.folder = folder;
      this.programs = new InstalledPrograms(folder);
    }

    @Override
    public Path of(Path built) {
      Path copy = programs.install(built);
      used.add(copy.getParent());
      return copy;
    }

    @Override
    public void forgetOthers() throws IOException {
      List<Path> all;
      try (Stream<Path> folders = Files.list(folder)) {
        all = folders.toList();
      }
      for (Path each : all) {
        if (!used.contains(each)) {
          FolderTree.delete(each);
        }
      }
    }
  }

  /** A farm that is over in a minute runs from the checkout. */
  record None() implements Copies {
    @Override
    public Path of(Path built) {
      return built;
    }

    @Override
    public void forgetOthers() {}
  }
}
