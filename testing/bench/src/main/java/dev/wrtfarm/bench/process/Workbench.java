package dev.wrtfarm.bench.process;

import dev.wrtfarm.launcher.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What every benchmark works with.
 *
 * @param home the checkout with the built programs
 * @param rounds how often everything is measured
 * @param folder everything is kept below it, and goes with it
 */
public record Workbench(
    Path home, int rounds, Path folder, Cleanup cleanup, Commands commands, CommandLine wrtfarm) {
  private static final int UNAVAILABLE = 6;

  public static Workbench in(Path folder, Path home, int rounds, Cleanup cleanup) {
    return new Workbench(
        home,
        rounds,
        folder,
        cleanup,
        new Commands(cleanup, folder),
        new CommandLine(home, folder));
  }

  /**
   * Makes the command line's shared archive, as a user's very first command does; that it makes it
   * shall not show in a figure. The command is one that uses much of the program.
   */
  public void warmUp() {
    if (!Files.exists(wrtfarm.archive())) {
      String nobody = "http://127.0.0.1:" + FreePort.any();
      String data = folder.resolve("no-farm").toString();
      commands
          .run(wrtfarm.argv("status", "--json", "--api", nobody, "--data", data))
          .withExit(UNAVAILABLE);
    }
  }

  public void say(String message) {
    System.err.println("bench: " + message);
  }
}
