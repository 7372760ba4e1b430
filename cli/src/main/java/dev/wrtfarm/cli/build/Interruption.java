package dev.wrtfarm.cli.build;

import dev.wrtfarm.cli.output.Terminal;

/** Tells whoever presses Ctrl-C that only the watching ends. */
final class Interruption implements AutoCloseable {
  private final Thread hook;

  private Interruption(Thread hook) {
    this.hook = hook;
  }

  static Interruption duringBuild(String build, BuildReport report, Terminal terminal) {
    Thread hook =
        new Thread(() -> {
          report.close();
          terminal.message(
              "build %s goes on; follow it with: wrtfarm build --attach %s"
                  .formatted(build, build));
        });
    Runtime.getRuntime().addShutdownHook(hook);
    return new Interruption(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs.
    }
  }
}
