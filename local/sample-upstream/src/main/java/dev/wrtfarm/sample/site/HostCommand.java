package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a program of the build host with a clean environment and the umask that packages need. */
final class HostCommand {
  static final String SEARCH_PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

  private HostCommand() {}

  /**
   * @param log gets what the program says
   */
  static void run(Path directory, Path log, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("sh", "-c", "umask 022; exec \"$@\"", "sh"));
    line.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", SEARCH_PATH);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    int code = builder.start().waitFor();
    if (code != 0) {
      String said = Files.readString(log);
      throw new IOException(
          String.join(" ", command)
              + " ended with "
              + code
              + ":\n"
              + said.substring(Math.max(0, said.length() - 3000)));
    }
  }
}
