package dev.wrtfarm.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.launcher.FolderTree;
import dev.wrtfarm.system.cluster.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A whole farm in a folder of its own, started and stopped as a user does: {@code wrtfarm up}. */
final class TestFarm implements AutoCloseable {
  private static final Duration DEATH = Duration.ofMinutes(2);
  private static final Duration RESTART = Duration.ofMinutes(3);

  private final Path data;
  private final int workers;
  private final FarmClient client;

  private final List<String> slots;

  private TestFarm(Path data, int workers, List<String> slots) {
    this.data = data;
    this.workers = workers;
    this.slots = List.copyOf(slots);
    up();
    this.client = new FarmClient(URI.create(state().path("api").asText()));
  }

  static TestFarm start(int workers) {
    return start(workers, folder -> List.of());
  }

  /**
   * @param slots for a flash agent, as {@code --flash-slot} takes them, in the farm's folder
   */
  static TestFarm start(int workers, Function<Path, List<String>> slots) {
    try {
      // The farm's own users must be able to pass through it.
      Path data =
          Files.createTempDirectory(
              Path.of("/var/tmp"),
              "wrtfarm-test-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
      return new TestFarm(data, workers, slots.apply(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A second call continues where the first ended; the port stays. */
  void up() {
    List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--data", data.toString()));
    arguments.addAll(List.of("--upstream", "sample", "--workers", Integer.toString(workers)));
    arguments.addAll(List.of("--port", Integer.toString(port())));
    slots.forEach(slot -> arguments.addAll(List.of("--flash-slot", slot)));
    CommandRun run = CommandRun.of(data, arguments);
    if (run.exitCode() != 0) {
      throw new AssertionError("the farm did not start:\n" + run.all());
    }
  }

  FarmClient client() {
    return client;
  }

  Path data() {
    return data;
  }

  /** Runs the command line against this farm. */
  CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--api", state().path("api").asText()));
    return CommandRun.of(data, all);
  }

  ProcessHandle launcher() {
    return process(state().path("launcher").path("pid")).orElseThrow();
  }

  /** Waits for it when it is just being started again. */
  ProcessHandle program(String name) {
    Eventually.holds(name + " runs", RESTART, () -> running(name).isPresent());
    return running(name).orElseThrow();
  }

  private Optional<ProcessHandle> running(String name) {
    for (JsonNode program : state().path("programs")) {
      if (program.path("name").asText().equals(name)) {
        return process(program.path("pid")).filter(ProcessHandle::isAlive);
      }
    }
    throw new AssertionError("no program " + name + " in " + state());
  }

  List<ProcessHandle> programs() {
    List<ProcessHandle> all = new ArrayList<>();
    state().path("programs").forEach(each -> process(each.path("pid")).ifPresent(all::add));
    return all;
  }

  /** SIGKILL, and waits for the end. */
  static void kill(ProcessHandle process) {
    process.destroyForcibly();
    awaitDeath(process);
  }

  static void awaitDeath(ProcessHandle process) {
    Instant deadline = Instant.now().plus(DEATH);
    while (process.isAlive()) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("process " + process.pid() + " lives on: " + process.info());
      }
      FarmClient.pause();
    }
  }

  @Override
  public void close() {
    client.close();
    List<ProcessHandle> programs = programs();
    CommandRun run = CommandRun.of(data, List.of("down", "--data", data.toString()));
    if (run.exitCode() != 0) {
      throw new AssertionError(run.all());
    }
    programs.forEach(TestFarm::awaitDeath);
    delete(data);
  }

  private JsonNode state() {
    try {
      return FarmClient.JSON.readTree(data.resolve("farm.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int port() {
    if (!Files.exists(data.resolve("farm.json"))) {
      return dev.wrtfarm.launcher.FreePort.any();
    }
    return URI.create(state().path("api").asText()).getPort();
  }

  private static Optional<ProcessHandle> process(JsonNode pid) {
    return pid.isNumber() ? ProcessHandle.of(pid.asLong()) : Optional.empty();
  }

  static void delete(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
