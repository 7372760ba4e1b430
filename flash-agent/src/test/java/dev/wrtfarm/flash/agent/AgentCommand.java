package dev.wrtfarm.flash.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program is started in a process of its own, small as many of them run at once. */
final class AgentCommand {
  private AgentCommand() {}

  static List<String> of(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.wrtfarm.flash.FlashAgentMain"));
    command.addAll(List.of(words));
    return command;
  }
}
