package dev.wrtfarm.worker.sandbox;

import dev.wrtfarm.worker.attempt.Attempt;
import dev.wrtfarm.worker.log.Transcript;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A run of {@code make}, logged as it went.
 *
 * @param out what it said on standard output alone
 * @param all both streams
 */
public record MakeRun(int exit, Transcript out, Transcript all) {

  /**
   * Runs make to its end.
   *
   * @param progress hears each line of standard output
   */
  public static MakeRun of(
      Sandbox sandbox,
      Attempt attempt,
      Path feedSocket,
      List<String> arguments,
      Consumer<String> progress)
      throws InterruptedException {
    Transcript out = new Transcript();
    Transcript all = new Transcript();
    attempt.log().line("$ " + String.join(" ", arguments));
    int exit =
        sandbox.run(
            attempt,
            feedSocket,
            arguments,
            new Lines() {
              @Override
              public void out(String raw) {
                String line = attempt.log().line(raw);
                out.add(line);
                all.add(line);
                progress.accept(line);
              }

              @Override
              public void err(String raw) {
                all.add(attempt.log().line(raw));
              }
            });
    if (exit != 0) {
      attempt.log().line("make ended with status " + exit);
    }
    return new MakeRun(exit, out, all);
  }
}
