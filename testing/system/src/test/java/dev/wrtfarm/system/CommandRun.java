package dev.wrtfarm.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One finished run of the command line's jar. */
record CommandRun(int exitCode, String out, String err) {
  private static final int LIMIT_MINUTES = 10;

  static CommandRun of(Path folder, List<String> arguments) {
    String home = System.getProperty("wrtfarm.home", "");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-Dwrtfarm.home=" + home);
    command.addAll(List.of("-jar", home + "/cli/target/dist/wrtfarm.jar"));
    command.addAll(arguments);
    try {
      // Files, not pipes: a detached farm must not keep this test waiting.
      Path out = Files.createTempFile("wrtfarm-test", ".out");
      Path err = Files.createTempFile("wrtfarm-test", ".err");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(arguments + " did not end: " + Files.readString(err));
      }
      CommandRun run = new CommandRun(process.exitValue(), text(out), text(err));
      Files.delete(out);
      Files.delete(err);
      return run;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String all() {
    return out + err;
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
