package dev.wrtfarm.cli;

import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.ErrorFunnel;
import dev.wrtfarm.cli.problem.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Puts the commands together. */
final class CommandTree {
  private CommandTree() {}

  static CommandLine of(Terminal terminal, Surroundings surroundings) {
    CommandLine root = new CommandLine(new WrtfarmCommand());
    ErrorFunnel funnel = new ErrorFunnel(terminal);
    root.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    return root.setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.outColours() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(funnel)
        .setExecutionExceptionHandler(funnel);
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> list = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      list.put(Integer.toString(code.code()), code.meaning());
    }
    return list;
  }
}
