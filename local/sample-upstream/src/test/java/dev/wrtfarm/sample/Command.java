package dev.wrtfarm.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the host, run with nothing of our own environment. */
record Command(Path directory, String umask, String path, List<String> words) {
  static final String HOST_PATH = "/usr/bin:/bin:/usr/sbin:/sbin";

  /** Only what hangs takes that long: an image is made in seconds, and in minutes under load. */
  private static final int LONGEST_SECONDS = 900;

  /** What it left. */
  record Outcome(int exit, String out, String err) {
    String outOrFail() {
      if (exit != 0) {
        throw new IllegalStateException("exit " + exit + "\n" + out + err);
      }
      return out;
    }
  }

  static Outcome run(Path directory, String... words) throws IOException, InterruptedException {
    return new Command(directory, "022", HOST_PATH, List.of(words)).run();
  }

  Outcome run() throws IOException, InterruptedException {
    Path out = Files.createTempFile("sample", ".out");
    Path err = Files.createTempFile("sample", ".err");
    List<String> line =
        new ArrayList<>(List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", path);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(words + " did not end; so far: " + Files.readString(err));
      }
      return new Outcome(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      kill(process);
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Nothing of it writes any more when this returns: its folder is deleted next. */
  private static void kill(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
  }
}
