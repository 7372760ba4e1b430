package dev.wrtfarm.bench.stack;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BareJvm;
import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.FolderTree;
import dev.wrtfarm.launcher.StackProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** From the start of the process to its line READY, as {@code up} and the tests wait for it. */
public final class StackStart {
  private StackStart() {}

  public static void run(Measurements into, Workbench bench) throws IOException {
    BareJvm bare = new BareJvm(bench);
    for (int round = 1; round <= bench.rounds(); round++) {
      bench.say("stack, round %d of %d".formatted(round, bench.rounds()));
      into.time(BareJvm.NAME, bare.start());
      Path data = bench.folder().resolve("stack-" + round);
      into.time("first start, empty folder", start(bench, data), BareJvm.NAME);
      into.time("later start, same folder", start(bench, data), BareJvm.NAME);
      FolderTree.delete(data);
    }
  }

  private static Duration start(Workbench bench, Path data) {
    ChildProcess stack =
        bench
            .cleanup()
            .add(
                ChildProcess.start(
                    StackProgram.in(bench.home(), data, bench.folder().resolve("stack.log"))));
    try {
      return stack.awaitReady();
    } finally {
      bench.cleanup().close(stack);
    }
  }
}
