package dev.wrtfarm.cli;

import dev.wrtfarm.cli.build.BuildCommand;
import dev.wrtfarm.cli.build.BuildsCommand;
import dev.wrtfarm.cli.build.CancelCommand;
import dev.wrtfarm.cli.build.LogCommand;
import dev.wrtfarm.cli.build.ProfilesCommand;
import dev.wrtfarm.cli.build.ShowCommand;
import dev.wrtfarm.cli.demo.DemoCommand;
import dev.wrtfarm.cli.doctor.DoctorCommand;
import dev.wrtfarm.cli.farm.DownCommand;
import dev.wrtfarm.cli.farm.StatusCommand;
import dev.wrtfarm.cli.farm.UpCommand;
import dev.wrtfarm.cli.flash.FlashBootCommand;
import dev.wrtfarm.cli.flash.FlashCancelCommand;
import dev.wrtfarm.cli.flash.FlashCommand;
import dev.wrtfarm.cli.flash.FlashListCommand;
import dev.wrtfarm.cli.flash.FlashLocalCommand;
import dev.wrtfarm.cli.flash.FlashRecheckCommand;
import dev.wrtfarm.cli.flash.FlashResolveCommand;
import dev.wrtfarm.cli.flash.FlashShowCommand;
import dev.wrtfarm.cli.lab.LabCommand;
import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.ErrorFunnel;
import dev.wrtfarm.cli.problem.ExitCode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together. */
final class CommandTree {
  private CommandTree() {}

  static CommandLine of(Terminal terminal, Surroundings surroundings) {
    CommandLine root = new CommandLine(new WrtfarmCommand());
    root.addSubcommand(new UpCommand(terminal, surroundings))
        .addSubcommand(new DownCommand(terminal, surroundings))
        .addSubcommand(new StatusCommand(terminal, surroundings))
        .addSubcommand(new DoctorCommand(terminal, surroundings))
        .addSubcommand(new DemoCommand(terminal, surroundings))
        .addSubcommand(new BuildCommand(terminal, surroundings))
        .addSubcommand(new BuildsCommand(terminal, surroundings))
        .addSubcommand(new ShowCommand(terminal, surroundings))
        .addSubcommand(new LogCommand(terminal, surroundings))
        .addSubcommand(new CancelCommand(terminal, surroundings))
        .addSubcommand(new ProfilesCommand(terminal, surroundings))
        .addSubcommand(flash(terminal, surroundings))
        .addSubcommand(LabCommand.host(terminal, surroundings))
        .addSubcommand(LabCommand.slot(terminal, surroundings))
        .addSubcommand(LabCommand.card(terminal, surroundings))
        .addSubcommand(new ScriptCommand.Compile())
        .addSubcommand(new ScriptCommand.Test())
        .addSubcommand(new ScriptCommand.Bench())
        .addSubcommand(new CommandLine.HelpCommand());
    root.getSubcommands().values().forEach(CommandTree::withoutVersion);
    root.registerConverter(Path.class, new NamedPath());
    ErrorFunnel funnel = new ErrorFunnel(terminal);
    root.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    return root.setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.outColours() ? Ansi.ON : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A host may be called 'local', and a slot 'list'.
        .setAllowSubcommandsAsOptionParameters(true)
        .setExecutionStrategy(
            parsed -> written(terminal, new CommandLine.RunLast().execute(understood(parsed))))
        .setParameterExceptionHandler(funnel)
        .setExecutionExceptionHandler(funnel);
  }

  private static CommandLine flash(Terminal terminal, Surroundings surroundings) {
    // Whatever 'flash local' is given is the agent's to understand.
    CommandLine local =
        new CommandLine(new FlashLocalCommand(surroundings))
            .setUnmatchedOptionsArePositionalParams(true);
    CommandLine flash = new CommandLine(new FlashCommand(terminal, surroundings));
    return flash
        .addSubcommand(new FlashListCommand(terminal, surroundings))
        .addSubcommand(new FlashShowCommand(terminal, surroundings))
        .addSubcommand(new FlashCancelCommand(terminal, surroundings))
        .addSubcommand(new FlashResolveCommand(terminal, surroundings))
        .addSubcommand(new FlashRecheckCommand(terminal, surroundings))
        .addSubcommand(new FlashBootCommand(terminal, surroundings))
        .addSubcommand(local);
  }

  /** Whoever asks for help with a command that is none has mistyped it. */
  private static ParseResult understood(ParseResult parsed) {
    for (CommandLine each : parsed.asCommandLineList()) {
      List<String> unmatched = each.getParseResult().unmatched();
      if (!unmatched.isEmpty()) {
        throw new UnmatchedArgumentException(each, unmatched);
      }
    }
    return parsed;
  }

  /** A full disk behind standard output is no success. Who pipes into head needs no word of it. */
  private static int written(Terminal terminal, int code) {
    if (code != ExitCode.OK.code() || !terminal.isBroken()) {
      return code;
    }
    if (!terminal.isUnread()) {
      terminal.error("standard output could not be written: it is full, or nobody reads it");
    }
    return ExitCode.ERROR.code();
  }

  /** The version is the program's, not a command's. */
  private static void withoutVersion(CommandLine command) {
    OptionSpec version = command.getCommandSpec().findOption("--version");
    if (version != null) {
      command.getCommandSpec().remove(version);
    }
    command.getSubcommands().values().forEach(CommandTree::withoutVersion);
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> list = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      list.put(Integer.toString(code.code()), code.meaning());
    }
    return list;
  }
}
