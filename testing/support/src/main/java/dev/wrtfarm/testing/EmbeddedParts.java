package dev.wrtfarm.testing;

import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.FolderTree;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.StackProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The local stack, or one part of it, as a child process, with its data in a folder that goes with
 * it.
 */
final class EmbeddedParts implements Parts {
  private final Path folder = TestFolders.make();
  private final Path data = folder.resolve("data");
  private final Thread endWithJvm = new Thread(this::end, "end-of-parts");
  private final Program program;
  private final Map<String, String> configuration;
  private @Nullable ChildProcess stack;

  /**
   * @param arguments of the stack, beside those that every start has
   */
  EmbeddedParts(Path home, String... arguments) {
    Runtime.getRuntime().addShutdownHook(endWithJvm);
    program =
        StackProgram.in(home, data, folder.resolve("stack.log")).withArguments(List.of(arguments));
    stack = ChildProcess.startReady(program);
    configuration = StackProgram.endpoints(data);
  }

  @Override
  public Map<String, String> configuration() {
    return configuration;
  }

  @Override
  public void kill() {
    running().kill();
  }

  @Override
  public void restart() {
    stack = ChildProcess.startReady(program);
    if (!StackProgram.endpoints(data).equals(configuration)) {
      throw new IllegalStateException(
          "somebody took a port of the stack while it was down: run the test again");
    }
  }

  @Override
  public void pause() {
    pauseDatabase();
    Signal.STOP.send(List.of(handle()));
  }

  @Override
  public void resume() {
    Signal.CONT.send(database());
    Signal.CONT.send(List.of(handle()));
  }

  @Override
  public void pauseDatabase() {
    // The head first, and then those it had made until then.
    Signal.STOP.send(handle().children().toList());
    Signal.STOP.send(database());
  }

  @Override
  public void loseBrokerData() {
    if (isRunning()) {
      throw new IllegalStateException("the broker is running: kill it first");
    }
    delete(data.resolve("kafka"));
  }

  /** Running and ready, whatever was done to it. */
  void mend() {
    if (isRunning()) {
      resume();
    } else {
      restart();
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(endWithJvm);
    end();
  }

  private void end() {
    if (isRunning()) {
      resume();
      running().stop();
    }
    delete(folder);
  }

  /** A stack whose start failed leaves only its folder. */
  private boolean isRunning() {
    return stack != null && stack.isAlive();
  }

  private ChildProcess running() {
    if (stack == null) {
      throw new IllegalStateException("the stack did not start");
    }
    return stack;
  }

  private ProcessHandle handle() {
    return ProcessHandle.of(running().pid())
        .orElseThrow(() -> new IllegalStateException("the stack is not running"));
  }

  /** PostgreSQL's are the only processes below the stack; its head, who makes the others, first. */
  private List<ProcessHandle> database() {
    return Stream.concat(
            handle().children(), handle().children().flatMap(ProcessHandle::descendants))
        .toList();
  }

  private static void delete(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
