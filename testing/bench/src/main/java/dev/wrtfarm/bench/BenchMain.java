package dev.wrtfarm.bench;

import dev.wrtfarm.bench.farm.BenchFarm;
import dev.wrtfarm.bench.figure.FigureJson;
import dev.wrtfarm.bench.figure.FigureTable;
import dev.wrtfarm.bench.figure.Machine;
import dev.wrtfarm.bench.figure.Section;
import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.bench.process.BenchFolder;
import dev.wrtfarm.bench.process.Cleanup;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.launcher.ProgramFailed;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./wrtfarm bench}: figures on standard output, progress and errors beside it. */
public final class BenchMain {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private BenchMain() {}

  public static void main(String[] args) {
    // The table has characters beyond ASCII, whatever the locale.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(args), out));
  }

  private static int run(List<String> arguments, PrintStream out) {
    try {
      String home = System.getProperty("wrtfarm.home");
      if (home == null) {
        throw new BenchFailed("start the benchmarks with ./wrtfarm bench");
      }
      Path root = Path.of(home).toAbsolutePath();
      Choices choices = Choices.of(arguments, root);
      if (choices.help()) {
        out.println(Choices.USAGE);
      } else {
        measure(choices, root, out);
      }
      return OK;
    } catch (Choices.Unclear e) {
      System.err.println("bench: " + e.getMessage() + "\n" + Choices.USAGE);
      return USAGE;
    } catch (BenchFailed | ProgramFailed e) {
      System.err.println("bench: " + e.getMessage());
      return FAILED;
    } catch (IOException | UncheckedIOException e) {
      System.err.println("bench: " + e);
      return FAILED;
    }
  }

  private static void measure(Choices choices, Path home, PrintStream out) throws IOException {
    makeRoom(choices.json());
    Machine machine = Machine.here();
    out.println(machine.line());
    List<Section> sections = new ArrayList<>();
    try (Cleanup cleanup = new Cleanup()) {
      Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "cleanup"));
      sweep(home, cleanup);
      Path folder = cleanup.add(BenchFolder.make()).path();
      Workbench bench = Workbench.in(folder, home, choices.rounds(), cleanup);
      bench.warmUp();
      for (Benchmark benchmark : choices.benchmarks()) {
        Section section =
            new Section(benchmark.word(), benchmark.title(), benchmark.measure(bench).figures());
        sections.add(section);
        out.println();
        FigureTable.lines(section).forEach(out::println);
      }
    }
    FigureJson.write(choices.json(), machine, choices.rounds(), sections);
    System.err.println("bench: the figures as JSON: " + choices.json());
  }

  private static void makeRoom(Path json) {
    try {
      FigureJson.makeRoom(json);
    } catch (IOException e) {
      throw new BenchFailed("--json: %s cannot be written: %s".formatted(json, e), e);
    }
  }

  /** What a run left that was killed. */
  private static void sweep(Path home, Cleanup cleanup) throws IOException {
    for (BenchFolder abandoned : BenchFolder.abandoned()) {
      cleanup.add(abandoned);
      System.err.println("bench: sweeping up after a killed run: " + abandoned.path());
      BenchFarm.stopAllIn(Workbench.in(abandoned.path(), home, 1, cleanup));
      cleanup.close(abandoned);
    }
  }
}
