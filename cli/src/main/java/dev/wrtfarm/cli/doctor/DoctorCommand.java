package dev.wrtfarm.cli.doctor;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.doctor.Finding.Verdict;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.output.Style;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wrtfarm doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Looks for what this machine lacks to run a farm or a worker, and says what to do.",
      "Exit code 0 when everything that is required is there; a note is for those who flash cards."
    })
public final class DoctorCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Surroundings surroundings;

  @Option(names = "--data", paramLabel = "DIR", description = "The farm's data folder.")
  private @Nullable Path data;

  @Option(names = "--json", description = "One JSON document.")
  private boolean json;

  public DoctorCommand(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    DataFolder folder = DataFolder.of(data, surroundings);
    List<Check> checks =
        List.of(
            new JdkCheck(),
            new ToolsCheck(),
            new VersionsCheck(),
            new SandboxCheck(surroundings.root()),
            new RoomCheck(folder),
            new StartCheck(folder, surroundings.root()),
            new FlashCheck(folder, surroundings.home(), surroundings.root()),
            SlotsCheck.OF_HOST);
    List<Finding> findings = checks.stream().flatMap(check -> check.look().stream()).toList();
    if (json) {
      terminal.line(Json.pretty(findings));
    } else {
      findings.forEach(this::show);
    }
    boolean healthy = findings.stream().noneMatch(each -> each.verdict() == Verdict.BAD);
    return (healthy ? ExitCode.OK : ExitCode.ENDED_BADLY).code();
  }

  private void show(Finding finding) {
    String sign =
        switch (finding.verdict()) {
          case GOOD -> terminal.styled(Style.GOOD, "ok  ");
          case NOTE -> "note";
          case WARNING -> terminal.styled(Style.WARNING, "warn");
          case BAD -> terminal.styled(Style.BAD, "BAD ");
        };
    terminal.line("%s  %-18s %s".formatted(sign, finding.subject(), finding.text()));
    if (finding.remedy() != null) {
      terminal.line("      remedy: " + finding.remedy());
    }
  }
}
