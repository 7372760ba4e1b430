package dev.wrtfarm.cli;

import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import picocli.CommandLine.Command;

/** What only the script in a checkout can do; here, so that {@code --help} knows of it. */
abstract sealed class ScriptCommand implements Runnable {

  /** {@code wrtfarm compile}. */
  @Command(
      name = "compile",
      mixinStandardHelpOptions = true,
      customSynopsis = "wrtfarm compile [--no-install]",
      description = {
        "Builds the programs and starts none; 'up' and 'demo' do that by themselves.",
        "For a checkout or a container image that others will use."
      })
  static final class Compile extends ScriptCommand {}

  /** {@code wrtfarm test}. */
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      customSynopsis = "wrtfarm test [MODULE…] [--long] [--verbose] [--no-install]",
      description = {
        "Builds and tests everything, or only the modules named.",
        "--long runs the long tests too; --verbose shows all that Maven says."
      })
  static final class Test extends ScriptCommand {}

  /** {@code wrtfarm bench}. */
  @Command(
      name = "bench",
      mixinStandardHelpOptions = true,
      customSynopsis = "wrtfarm bench [OPTION…]",
      description = "Measures the figures that the documents publish.")
  static final class Bench extends ScriptCommand {}

  @Override
  public void run() {
    throw new CommandFailed(
        ExitCode.USAGE, "this needs a checkout: run ./wrtfarm there", "see './wrtfarm --help'");
  }
}
