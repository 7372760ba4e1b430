package dev.wrtfarm.bench.process;

import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.JavaCommand;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.Readiness;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The reference of all starts: a JVM with the command line's flags that prints one line. */
public final class BareJvm {
  /** The name of its figures. */
  public static final String NAME = "bare JVM";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Workbench bench;

  public BareJvm(Workbench bench) {
    this.bench = bench;
  }

  public Duration start() {
    return bench.commands().run(argv()).withExit(0).took();
  }

  public Memory memory() {
    List<String> argv = new ArrayList<>(argv());
    argv.add("wait");
    Program program =
        Program.of(NAME, argv, bench.folder(), bench.folder().resolve("bare-jvm.log"))
            .readyWhen(Readiness.line(OneLine.LINE, LIMIT));
    ChildProcess process = bench.cleanup().add(ChildProcess.start(program));
    try {
      process.awaitReady();
      return Memory.of(process.pid());
    } finally {
      bench.cleanup().close(process);
    }
  }

  private static List<String> argv() {
    return List.of(
        JavaCommand.java().toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        ownJar().toString(),
        OneLine.class.getName());
  }

  private static Path ownJar() {
    try {
      return Path.of(OneLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
