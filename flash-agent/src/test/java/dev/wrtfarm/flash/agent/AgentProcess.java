package dev.wrtfarm.flash.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A real agent in a process of its own, which can be killed. */
final class AgentProcess implements AutoCloseable {
  private final Process process;

  private AgentProcess(Process process) {
    this.process = process;
  }

  static Path configure(Path folder, FarmStandIn farm, Map<String, String> slots)
      throws IOException, InterruptedException {
    Path token = Files.writeString(folder.resolve("agent.token"), farm.renewToken() + "\n");
    Map<String, String> keys = new TreeMap<>(slots);
    keys.put("host", "lab");
    keys.put("farm.urls", farm.url().toString());
    keys.put("farm.token-file", token.toString());
    keys.put("data", folder.resolve("data").toString());
    keys.put("test-host", "true");
    StringBuilder text = new StringBuilder();
    keys.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return Files.writeString(folder.resolve("agent.properties"), text);
  }

  /** Returns when it is up. */
  static AgentProcess start(Path config) throws IOException {
    Process process =
        new ProcessBuilder(AgentCommand.of("agent", "--config", config.toString()))
            .redirectError(
                ProcessBuilder.Redirect.appendTo(config.resolveSibling("agent.log").toFile()))
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"READY".equals(out.readLine())) {
      throw new IOException(
          "the agent did not start: " + Files.readString(config.resolveSibling("agent.log")));
    }
    return new AgentProcess(process);
  }

  /** The process of the one lane that it has started. */
  Optional<ProcessHandle> lane() {
    return process.children().findFirst();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As by {@code kill -9}; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> lanes = process.children().toList();
    kill();
    // Only what this test started: lanes go on by themselves, and have nobody to report to now.
    lanes.forEach(ProcessHandle::destroyForcibly);
  }
}
