package dev.wrtfarm.system;

import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.InstalledPrograms;
import dev.wrtfarm.launcher.JavaCommand;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.Readiness;
import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One more worker of a farm, that nobody starts again when it dies. */
final class LoneWorker implements AutoCloseable {
  static final String ID = "worker-mortal";
  private static final Duration READY = Duration.ofMinutes(3);

  private final ChildProcess process;

  private LoneWorker(ChildProcess process) {
    this.process = process;
  }

  static LoneWorker in(TestFarm farm) {
    @Nullable SystemUser user = SystemUser.WORKER.whenRoot();
    Path folder = farm.data().resolve(ID);
    Path config = farm.data().resolve("config").resolve(ID + ".properties");
    Path app = Path.of(System.getProperty("wrtfarm.home", ""), "build-worker/target/quarkus-app");
    try {
      Files.copy(
          farm.data().resolve("config/worker-1.properties"),
          config,
          StandardCopyOption.COPY_ATTRIBUTES,
          StandardCopyOption.REPLACE_EXISTING);
      String values = Files.readString(config);
      Files.writeString(
          config, values + "wrtfarm.worker.id=%s\nwrtfarm.worker.data=%s\n".formatted(ID, folder));
      if (user == null) {
        Files.createDirectories(folder);
      } else {
        user.own(folder);
        app = InstalledPrograms.ofThisMachine().install(app);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JavaCommand command =
        JavaCommand.of(app.resolve("quarkus-run.jar"), JavaCommand.QUARKUS_MAIN)
            .withLauncher(launcher(user))
            .withFlags(List.of("-XX:+UseSerialGC", "-Xmx256m"))
            .withProperty("smallrye.config.locations", config.toString());
    Program program =
        Program.of(ID, command.argv(), folder, farm.data().resolve("logs/" + ID + ".log"))
            .as(user)
            .readyWhen(new Readiness.Output(Pattern.compile("started in [0-9.]+s"), READY));
    return new LoneWorker(ChildProcess.startReady(program));
  }

  /** SIGKILL, to it alone. */
  void kill() {
    TestFarm.kill(ProcessHandle.of(process.pid()).orElseThrow());
  }

  @Override
  public void close() {
    process.stop();
  }

  private static Path launcher(@Nullable SystemUser user) {
    Path jar = JavaCommand.launcherJar();
    return user == null ? jar : InstalledPrograms.ofThisMachine().install(jar);
  }
}
