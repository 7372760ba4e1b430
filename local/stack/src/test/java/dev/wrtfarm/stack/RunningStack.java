package dev.wrtfarm.stack;

import dev.wrtfarm.launcher.ChildProcess;
import dev.wrtfarm.launcher.FolderTree;
import dev.wrtfarm.launcher.Program;
import dev.wrtfarm.launcher.StackProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The real program in a process of its own, on a data folder that outlives its starts. */
final class RunningStack implements AutoCloseable {
  private final Path folder;
  private final Program program;
  private ChildProcess process;

  private RunningStack(Path folder) {
    this.folder = folder;
    this.program = program(folder);
    this.process = ChildProcess.startReady(program);
  }

  /** Not JUnit's folder: as root, the stack's user must be able to enter it. */
  static RunningStack onFreshFolder() {
    try {
      Path folder = Files.createTempDirectory("wrtfarm-stack-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return new RunningStack(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Program program(Path folder) {
    return StackProgram.in(
        Path.of(System.getProperty("wrtfarm.home")), folder.resolve("data"), folder.resolve("log"));
  }

  void startAgain() {
    process = ChildProcess.startReady(program);
  }

  /** Its exit code counts, so that it is not killed when it is slow. */
  void stop() {
    process.stop(Duration.ofMinutes(1));
  }

  /** Of the stack alone: its children are not told. */
  void kill() throws InterruptedException {
    handle().destroyForcibly();
    process.awaitEnd();
  }

  ChildProcess process() {
    return process;
  }

  ProcessHandle handle() {
    return ProcessHandle.of(process.pid()).orElseThrow();
  }

  List<ProcessHandle> children() {
    return handle().descendants().toList();
  }

  Program sameAgain() {
    return program;
  }

  Path data() {
    return folder.resolve("data");
  }

  Map<String, String> endpoints() {
    return StackProgram.endpoints(data());
  }

  StackClient client() {
    return new StackClient(endpoints());
  }

  @Override
  public void close() throws IOException {
    process.stop();
    FolderTree.delete(folder);
  }
}
