package dev.wrtfarm.cli;

import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Terminal;

/** Runs one command and ends with its exit code. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess(System.getenv());
    System.exit(CommandTree.of(terminal, Surroundings.ofProcess()).execute(args));
  }
}
