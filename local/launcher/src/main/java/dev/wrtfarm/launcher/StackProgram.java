package dev.wrtfarm.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The local stack (PostgreSQL, Kafka, S3) as a program, for the command line and for tests alike.
 */
public final class StackProgram {
  /** A short start matters more than peak speed. The last one hushes a warning about the broker. */
  public static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m",
          "--sun-misc-unsafe-memory-access=allow");

  private static final Duration READY_LIMIT = Duration.ofMinutes(3);

  private StackProgram() {}

  /**
   * The stack with its data in the given folder, ready to be started; prepares folder and user.
   *
   * @param home the root of the checkout, after {@code mvn package}
   * @param data the stack's own folder; as root it is given to {@link SystemUser#FARM}, who must be
   *     able to enter the folders above it
   */
  public static Program in(Path home, Path data, Path log) {
    Path dist = dist(home);
    return ofDist(
        SystemUser.isRoot() ? InstalledPrograms.ofThisMachine().install(dist) : dist, data, log);
  }

  /**
   * The same from another place.
   *
   * @param dist the folder of stack.jar, which the stack's user can read
   */
  public static Program ofDist(Path dist, Path data, Path log) {
    SystemUser user = SystemUser.FARM.whenRoot();
    try {
      if (user != null) {
        user.own(data);
      } else {
        Files.createDirectories(data);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = new ArrayList<>(List.of(JavaCommand.java().toString()));
    command.addAll(JVM_FLAGS);
    command.addAll(List.of("-jar", dist.resolve("stack.jar").toString()));
    command.addAll(List.of("--data", data.toAbsolutePath().toString()));
    return Program.of("stack", command, data, log)
        .as(user)
        .readyWhen(Readiness.line("READY", READY_LIMIT));
  }

  /** The keys by which services reach a ready stack; passwords among them. */
  public static Map<String, String> endpoints(Path data) {
    Path file = endpointsFile(data);
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the stack's endpoints cannot be read from " + file, e);
    }
    Map<String, String> endpoints = new TreeMap<>();
    properties.forEach((key, value) -> endpoints.put((String) key, (String) value));
    return endpoints;
  }

  /** May be given to a service as its {@code smallrye.config.locations}. */
  public static Path endpointsFile(Path data) {
    return data.resolve("endpoints.properties");
  }

  private static Path dist(Path home) {
    Path dist = home.resolve("local/stack/target/dist");
    if (!Files.exists(dist.resolve("stack.jar"))) {
      throw new ProgramFailed(
          "there is no %s: build it first with mvn -pl local/stack -am -DskipTests package"
              .formatted(dist.resolve("stack.jar")));
    }
    return dist.toAbsolutePath();
  }
}
