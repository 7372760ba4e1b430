package dev.wrtfarm.cli.farm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Loop devices over files of ours, by {@code losetup}. */
final class LoopDevice {
  private static final Pattern NODE = Pattern.compile("/dev/loop[0-9]+");

  private LoopDevice() {}

  /** Attaches the file to a free device, and gives its node. */
  static Path attach(Path file) throws IOException {
    // What a farm that was killed has left behind would be a second way to the same bytes.
    detachAll(file);
    String node = run(List.of("--find", "--show", file.toString())).strip();
    if (!NODE.matcher(node).matches()) {
      throw new IOException("losetup gave '%s' instead of a device".formatted(node));
    }
    return Path.of(node);
  }

  static void detach(Path node) throws IOException {
    run(List.of("--detach", node.toString()));
  }

  private static void detachAll(Path file) throws IOException {
    for (String line : run(List.of("--associated", file.toString())).lines().toList()) {
      detach(Path.of(line.substring(0, line.indexOf(':'))));
    }
  }

  private static String run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("losetup"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("losetup %s: %s".formatted(String.join(" ", arguments), said.strip()));
    }
    return said;
  }
}
