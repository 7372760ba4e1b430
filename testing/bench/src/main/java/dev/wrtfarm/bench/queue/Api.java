package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.process.Workbench;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.FreePort;
import dev.wrtfarm.launcher.InstalledPrograms;
import dev.wrtfarm.launcher.JavaCommand;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.Readiness;
import dev.wrtfarm.launcher.SystemUser;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real api-service as a process, on a database of its own, with the JVM flags of {@code up}.
 *
 * @param stack as this api sees it
 */
record Api(ChildProcess process, Stack stack, URI uri, String token) {
  private static final Duration READY_LIMIT = Duration.ofSeconds(90);
  private static final List<String> JVM_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx256m");

  static Api start(Workbench bench, Stack stack, URI upstream, String name) throws IOException {
    Stack own = stack.fresh(name);
    String token = UUID.randomUUID().toString();
    int port = FreePort.any();
    URI uri = URI.create("http://127.0.0.1:" + port);
    Properties values = new Properties();
    values.putAll(own.endpoints());
    values.setProperty("config_ordinal", "275");
    values.setProperty("quarkus.http.port", Integer.toString(port));
    values.setProperty("wrtfarm.upstream.url", upstream.toString());
    for (String role : List.of("operator", "worker", "agent")) {
      values.setProperty("wrtfarm.access." + role + "-token-sha256", Sha256.of(token).hex());
    }
    SystemUser user = SystemUser.FARM.whenRoot();
    Program program =
        Program.of(
                name,
                command(bench, config(bench.folder().resolve("api-" + name), values, user), user),
                bench.folder(),
                bench.folder().resolve(name + ".log"))
            .as(user)
            .readyWhen(Readiness.http(uri.resolve("/q/health/ready"), READY_LIMIT));
    ChildProcess process = bench.cleanup().add(ChildProcess.start(program));
    process.awaitReady();
    return new Api(process, own, uri, token);
  }

  /** The passwords in it are for the api's user alone. */
  private static Path config(Path folder, Properties values, @Nullable SystemUser user)
      throws IOException {
    if (user == null) {
      Files.createDirectories(folder);
    } else {
      user.own(folder);
    }
    Path file = folder.resolve("api.properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      values.store(out, null);
    }
    return file;
  }

  private static List<String> command(Workbench bench, Path config, @Nullable SystemUser user) {
    Path app = bench.home().resolve("api-service/target/quarkus-app");
    Path launcher = JavaCommand.launcherJar();
    if (user != null) {
      InstalledPrograms programs = InstalledPrograms.ofThisMachine();
      app = programs.install(app);
      launcher = programs.install(launcher);
    }
    return JavaCommand.of(app.resolve("quarkus-run.jar"), JavaCommand.QUARKUS_MAIN)
        .withLauncher(launcher)
        .withFlags(JVM_FLAGS)
        .withProperty("smallrye.config.locations", config.toUri().toString())
        .argv();
  }

  /** For a simulated worker. */
  HttpLine line() {
    return HttpLine.to(uri, token);
  }
}
