package dev.wrtfarm.cli;

import dev.wrtfarm.cli.problem.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root: it only says what there is, to whoever names no command. */
@Command(
    name = "wrtfarm",
    mixinStandardHelpOptions = true,
    version = "wrtfarm 0.1.0",
    header = "A build farm for OpenWrt firmware.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "'wrtfarm COMMAND --help' says more of each. New here? './wrtfarm demo' shows all of it."
    },
    exitCodeListHeading = "%nExit codes:%n")
final class WrtfarmCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }
}
