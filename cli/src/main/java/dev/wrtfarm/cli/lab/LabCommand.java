package dev.wrtfarm.cli.lab;

import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wrtfarm host}, {@code slot} and {@code card}: each with list and show. */
public abstract sealed class LabCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** {@code wrtfarm host}. */
  @Command(
      name = "host",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "list|show",
      description = "The lab hosts that have card readers.")
  static final class Host extends LabCommand {}

  /** {@code wrtfarm slot}. */
  @Command(
      name = "slot",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "list|show",
      description = "The readers' ports, by the names that their hosts give them.")
  static final class Slot extends LabCommand {}

  /** {@code wrtfarm card}. */
  @Command(
      name = "card",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "list|show",
      description = "The cards: what is on each since when, and how far it is trusted.")
  static final class Card extends LabCommand {}

  public static CommandLine host(Terminal terminal, Surroundings surroundings) {
    return new CommandLine(new Host())
        .addSubcommand(new HostCommands.All(terminal, surroundings))
        .addSubcommand(new HostCommands.One(terminal, surroundings));
  }

  public static CommandLine slot(Terminal terminal, Surroundings surroundings) {
    return new CommandLine(new Slot())
        .addSubcommand(new SlotCommands.All(terminal, surroundings))
        .addSubcommand(new SlotCommands.One(terminal, surroundings));
  }

  public static CommandLine card(Terminal terminal, Surroundings surroundings) {
    return new CommandLine(new Card())
        .addSubcommand(new CardCommands.All(terminal, surroundings))
        .addSubcommand(new CardCommands.One(terminal, surroundings));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: list or show");
  }
}
