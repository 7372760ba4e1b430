package dev.wrtfarm.cli.demo;

import dev.wrtfarm.cli.farm.StartFailed;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wrtfarm demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows everything once, without a network: starts a whole farm in a temporary folder, builds"
          + " two sample images, opens them, asks for one again, lets one build fail, writes an image"
          + " to an emulated card, and says what was checked.",
      "The images stay; nothing else does. Exit code 0 only if every check held."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Surroundings surroundings;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "wrtfarm-demo",
      description = "Where the images stay. Default: ${DEFAULT-VALUE}")
  private Path output = Path.of("wrtfarm-demo");

  @Option(
      names = "--boot",
      description =
          "Writes an image with a real kernel to the card, and starts an emulated PC (QEMU) from the"
              + " card's bytes: the system that boots must name the image id.")
  private boolean boot;

  public DemoCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (boot) {
      BootableSample.require(surroundings.home());
    }
    Instant began = Instant.now();
    DemoResult result;
    try (DemoFarm farm = DemoFarm.prepare(surroundings.home(), terminal)) {
      farm.start();
      try (FarmApi api = farm.api()) {
        result =
            new DemoRun(api, terminal, surroundings.folder().resolve(output), farm.card())
                .run(boot);
      }
      terminal.message("");
      terminal.message("stopping");
    } catch (StartFailed e) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          String.valueOf(e.getMessage()),
          "'./wrtfarm doctor' looks for what this machine lacks");
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.ENDED_BADLY, "an image of the demo is not what it should be: " + e.getMessage());
    }
    print(result, Spent.text(Duration.between(began, Instant.now())));
    return (result.checks().allHeld() ? ExitCode.OK : ExitCode.ENDED_BADLY).code();
  }

  private void print(DemoResult result, String took) {
    try {
      new DemoSummary(terminal).print(result);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.ERROR, "the demo's images cannot be read: " + e);
    }
    terminal.message(
        result.checks().allHeld()
            ? "the demo is over after %s; nothing of it runs any more".formatted(took)
            : "the demo is over after %s; not every check held".formatted(took));
  }
}
