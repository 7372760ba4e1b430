package dev.wrtfarm.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The parts, started and stopped side by side. */
final class Stack {
  /** Less than the parent watch allows for a whole exit. */
  private static final int STOP_SECONDS = 8;

  private static final Executor THREADS =
      task -> Thread.ofPlatform().daemon().name("part").start(task);

  private final Path data;
  private final List<Part> parts;
  private final StackExit exit;

  private Stack(Path data, List<Part> parts, StackExit exit) {
    this.data = data;
    this.parts = parts;
    this.exit = exit;
  }

  /** The caller holds the folder's lock. */
  static Stack in(Path data, Set<PartName> names, StackExit exit) {
    PostgresServer.stopOrphan(data);
    Settings settings = Settings.in(data);
    Stack stack =
        new Stack(data, names.stream().map(name -> name.part(data, settings, exit)).toList(), exit);
    // Before a part starts: passwords that it was told must not be lost with us.
    settings.save();
    return stack;
  }

  void start() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndHalt, "stop"));
    try {
      onAll(Part::start).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StackFailed failed
          ? failed
          : new StackFailed("a part failed in an unexpected way", e);
    }
    Map<String, String> endpoints = new TreeMap<>();
    parts.forEach(part -> endpoints.putAll(part.endpoints()));
    PrivateProperties.write(
        data.resolve("endpoints.properties"), endpoints, "Where services reach the stack");
  }

  /** Whatever ends this JVM, short of SIGKILL, ends the parts first. */
  private void stopAndHalt() {
    try {
      onAll(Part::stop).orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      System.err.println("a part did not stop in order: " + e.getCause());
    }
    // After SIGTERM a JVM exits with 143, but a stop that was asked for is a success.
    Runtime.getRuntime().halt(exit.code());
  }

  private CompletableFuture<Void> onAll(Consumer<Part> action) {
    return CompletableFuture.allOf(
        parts.stream()
            .map(part -> CompletableFuture.runAsync(() -> action.accept(part), THREADS))
            .toArray(CompletableFuture<?>[]::new));
  }
}
