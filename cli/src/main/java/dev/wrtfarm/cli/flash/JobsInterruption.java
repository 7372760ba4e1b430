package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.rest.FlashView;
import java.util.Collection;
import java.util.stream.Collectors;

/** Tells whoever presses Ctrl-C that only the watching ends, and how it is taken up again. */
final class JobsInterruption implements AutoCloseable {
  private final Thread hook;

  private JobsInterruption(Thread hook) {
    this.hook = hook;
  }

  static JobsInterruption during(Collection<FlashView> jobs, JobsReport report, Terminal terminal) {
    String ids = ids(jobs);
    Thread hook =
        new Thread(() -> {
          report.close();
          terminal.message("");
          terminal.message(
              "only the watching ends. What was confirmed goes on; what was not is not written.");
          terminal.message("take it up again: wrtfarm flash --job " + ids);
        });
    Runtime.getRuntime().addShutdownHook(hook);
    return new JobsInterruption(hook);
  }

  static String ids(Collection<FlashView> jobs) {
    return jobs.stream().map(FlashView::id).collect(Collectors.joining(","));
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
