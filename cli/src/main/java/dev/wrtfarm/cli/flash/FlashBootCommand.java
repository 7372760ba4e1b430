package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.http.ApiOptions;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Style;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.flash.BootProof;
import dev.wrtfarm.common.rest.BootReport;
import dev.wrtfarm.common.rest.FlashView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wrtfarm flash confirm}. */
@Command(
    name = "confirm",
    mixinStandardHelpOptions = true,
    description = {
      "Confirms that the device really runs what was flashed, by its own /etc/wrtfarm-build.json:"
          + " pasted on standard input, from a file, or fetched by ssh.",
      "Exit code 0 when it booted the flashed image, 3 when something older is alive on the card."
    })
public final class FlashBootCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Surroundings surroundings;

  @Mixin private final ApiOptions options;

  @Parameters(paramLabel = "JOB", description = "The job's id.")
  private String id = "";

  @ArgGroup private Source source = new Source();

  /** Where the device's words come from; standard input otherwise. */
  static final class Source {
    @Option(names = "--file", paramLabel = "FILE", description = "A copy of the device's file.")
    java.nio.file.@Nullable Path file;

    @Option(
        names = "--ssh",
        paramLabel = "USER@HOST",
        description = "Asks the device itself, by the ssh of this machine.")
    @Nullable String ssh;
  }

  public FlashBootCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
    this.options = new ApiOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    String said = text();
    FlashView job;
    try (FarmApi api = options.connect()) {
      job = new FlashApi(api).booted(id, new BootReport(said));
    }
    boolean booted = job.proof() == BootProof.BOOTED;
    terminal.line(
        booted
            ? terminal.styled(Style.GOOD, "BOOTED")
                + ": the device runs image %s, which this job wrote".formatted(job.imageId())
            : terminal.styled(Style.BAD, "GHOST")
                + ": the device runs another image than %s, which this job wrote"
                    .formatted(job.imageId()));
    if (!booted) {
      terminal.message("  did it boot from this card? If so, something older is alive on it:");
      terminal.message("  flash it again with --wipe full, and confirm that");
    }
    return (booted ? ExitCode.OK : ExitCode.ENDED_BADLY).code();
  }

  private String text() throws InterruptedException {
    if (source.file != null) {
      return BootedDevice.fromFile(surroundings.folder().resolve(source.file));
    }
    return source.ssh != null ? BootedDevice.bySsh(source.ssh) : BootedDevice.pasted(terminal);
  }
}
