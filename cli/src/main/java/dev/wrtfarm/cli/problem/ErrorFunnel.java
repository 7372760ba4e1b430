package dev.wrtfarm.cli.problem;

import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.value.InvalidValue;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where an exception becomes a message and an exit code. */
public final class ErrorFunnel implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Terminal terminal;

  public ErrorFunnel(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    terminal.error(words(e));
    if (!UnmatchedArgumentException.printSuggestions(e, terminal.err())) {
      String command = e.getCommandLine().getCommandSpec().qualifiedName();
      terminal.hint("'" + command + " --help' shows what there is");
    }
    terminal.err().flush();
    return ExitCode.USAGE.code();
  }

  /** The parser speaks of indexes, and says "Error" once more than we do. */
  private static String words(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      CommandSpec command = e.getCommandLine().getCommandSpec();
      return "'%s' %s"
          .formatted(
              String.join(" ", unmatched.getUnmatched()),
              command.subcommands().isEmpty()
                  ? "is more than %s takes".formatted(command.qualifiedName())
                  : "is no command of " + command.qualifiedName());
    }
    return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return switch (e) {
      case CommandFailed failed -> {
        terminal.error(String.valueOf(failed.getMessage()));
        terminal.hint(failed.hint());
        yield failed.exitCode();
      }
      case FarmUnreachable unreachable -> {
        terminal.error(String.valueOf(unreachable.getMessage()));
        terminal.hint(
            "'./wrtfarm status' shows what runs here, './wrtfarm up' starts a farm; one elsewhere is"
                + " named by --api or WRTFARM_API");
        yield ExitCode.UNAVAILABLE.code();
      }
      case InvalidValue invalid -> {
        terminal.error(String.valueOf(invalid.getMessage()));
        yield ExitCode.USAGE.code();
      }
      case InterruptedException _ -> ExitCode.INTERRUPTED.code();
      default -> {
        terminal.error("this is a mistake in wrtfarm: " + e);
        terminal.message(traceOf(e));
        yield ExitCode.ERROR.code();
      }
    };
  }

  private static String traceOf(Exception e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString().stripTrailing();
  }
}
