package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.RecheckFlash;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm flash recheck}. */
@Command(
    name = "recheck",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a card that was flashed before once more, and compares it with the same image.",
      "Writes nothing. It finds what fades after hours, and what had only been in a cache."
    })
public final class FlashRecheckCommand implements Callable<Integer> {
  /** A configuration archive that was put beside the image is not part of what is compared. */
  private static final FlashOptions OPTIONS =
      new FlashOptions(Level.QUICK, FlashOptions.DEFAULT.wipe(), null, null);

  private final Terminal terminal;

  @Mixin private final ApiOptions options;

  @Parameters(paramLabel = "JOB", description = "The job that flashed it.")
  private String id = "";

  @Option(names = "--json", description = "JSON lines: each change, the plan, then the result.")
  private boolean json;

  public FlashRecheckCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (FarmApi api = options.connect()) {
      FlashApi flash = new FlashApi(api);
      FlashView job = flash.recheck(id, new RecheckFlash(OPTIONS));
      return new Watch(flash, terminal, json)
          .untilSettled(List.of(job), new Confirmation(Set.of(), false, terminal));
    }
  }
}
