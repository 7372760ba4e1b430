package dev.wrtfarm.system.cluster;

import dev.wrtfarm.launcher.InstalledPrograms;
import dev.wrtfarm.launcher.JavaCommand;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.Readiness;
import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** How a Quarkus program of the farm is started, with a folder and a configuration of its own. */
final class Launch {
  /** A short start matters more than peak speed. */
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

  private static final Map<Path, Path> INSTALLED = new HashMap<>();

  private Launch() {}

  /**
   * @param module whose application it is
   * @param user whom it becomes when we are root
   */
  static Program of(
      String name,
      String module,
      SystemUser user,
      Path folder,
      Path log,
      Map<String, String> configuration,
      Readiness readiness) {
    @Nullable SystemUser other = user.whenRoot();
    Path config = folder.resolve("application.properties");
    try {
      if (other == null) {
        Files.createDirectories(folder);
      } else {
        // Its folder is closed to everybody else, and so is what lies in it.
        other.own(folder);
      }
      write(config, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path app = Path.of(System.getProperty("wrtfarm.home", "."), module, "target/quarkus-app");
    JavaCommand command =
        JavaCommand.of(readable(app, other).resolve("quarkus-run.jar"), JavaCommand.QUARKUS_MAIN)
            .withLauncher(readable(JavaCommand.launcherJar(), other))
            .withFlags(FLAGS)
            .withProperty("java.io.tmpdir", folder.toString())
            .withProperty("smallrye.config.locations", config.toString());
    return Program.of(name, command.argv(), folder, log).as(other).readyWhen(readiness);
  }

  private static synchronized Path readable(Path program, @Nullable SystemUser user) {
    return user == null
        ? program
        : INSTALLED.computeIfAbsent(
            program, each -> InstalledPrograms.ofThisMachine().install(each));
  }

  private static void write(Path file, Map<String, String> values) throws IOException {
    Properties properties = new Properties();
    properties.putAll(values);
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
  }
}
