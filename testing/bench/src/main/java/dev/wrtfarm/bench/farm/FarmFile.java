package dev.wrtfarm.bench.farm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wrtfarm.bench.process.BenchFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code farm.json} of a farm that is up. */
final class FarmFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonNode root;

  private FarmFile(JsonNode root) {
    this.root = root;
  }

  static Path in(Path data) {
    return data.resolve("farm.json");
  }

  static FarmFile read(Path data) {
    try {
      return new FarmFile(JSON.readTree(Files.readAllBytes(in(data))));
    } catch (IOException e) {
      throw new BenchFailed("there is no readable " + in(data) + ": " + e.getMessage(), e);
    }
  }

  long launcher() {
    return root.path("launcher").path("pid").asLong();
  }

  /** Process ids by name, in the order of their start. */
  Map<String, Long> programs() {
    Map<String, Long> pids = new LinkedHashMap<>();
    for (JsonNode each : root.path("programs")) {
      Optional.of(each.path("pid"))
          .filter(JsonNode::isNumber)
          .ifPresent(pid -> pids.put(each.path("name").asText(), pid.asLong()));
    }
    return pids;
  }

  /** When each program was ready, by name. */
  Map<String, Instant> ready() {
    Map<String, Instant> instants = new LinkedHashMap<>();
    for (JsonNode each : root.path("programs")) {
      instants.put(each.path("name").asText(), Instant.parse(each.path("since").asText()));
    }
    return instants;
  }
}
