package dev.wrtfarm.cli;

import dev.wrtfarm.cli.machine.Surroundings;
import dev.wrtfarm.cli.output.Input;
import dev.wrtfarm.cli.output.Terminal;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** One run of the whole command line in this JVM. */
public record CliRun(int code, String out, String err) {

  /** In an empty machine: no farm, no variables but HOME. */
  public static CliRun in(Path folder, String... arguments) {
    return in(folder, Map.of("HOME", folder.resolve("home").toString()), arguments);
  }

  /** With something on standard input. */
  public static CliRun with(Input in, Path folder, String... arguments) {
    return run(in, folder, Map.of("HOME", folder.resolve("home").toString()), arguments);
  }

  public static CliRun in(Path folder, Map<String, String> environment, String... arguments) {
    return run(new Input(Reader.nullReader(), false), folder, environment, arguments);
  }

  private static CliRun run(
      Input in, Path folder, Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal = Terminal.plain(in, new PrintWriter(out), new PrintWriter(err));
    Path home = Path.of(System.getProperty("wrtfarm.home", "."));
    int code =
        CommandTree.of(terminal, new Surroundings(environment, home, folder, false))
            .execute(arguments);
    return new CliRun(code, out.toString(), err.toString());
  }
}
