package dev.wrtfarm.bench.cli;

import dev.wrtfarm.bench.farm.BenchFarm;
import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BareJvm;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.launcher.FolderTree;
import java.io.IOException;
import java.util.List;

/** From the start of a command to its end, beside that of a JVM with the same flags. */
public final class CliStart {
  /** These runs are short, and so many are cheap. */
  private static final int RUNS_PER_ROUND = 4;

  private CliStart() {}

  public static void run(Measurements into, Workbench bench) throws IOException {
    BareJvm bare = new BareJvm(bench);
    BenchFarm farm = BenchFarm.in(bench, "farm-cli");
    farm.up();
    List<String> version = bench.wrtfarm().argv("--version");
    List<String> status =
        bench.wrtfarm().argv("status", "--json", "--data", farm.data().toString());
    bench.say("cli, %d runs of each".formatted(bench.rounds() * RUNS_PER_ROUND));
    for (int run = 0; run < bench.rounds() * RUNS_PER_ROUND; run++) {
      into.time(BareJvm.NAME, bare.start());
      into.time(
          "wrtfarm --version", bench.commands().run(version).withExit(0).took(), BareJvm.NAME);
      into.time(
          "wrtfarm status --json", bench.commands().run(status).withExit(0).took(), BareJvm.NAME);
    }
    bench.cleanup().close(farm);
    FolderTree.delete(farm.data());
  }
}
