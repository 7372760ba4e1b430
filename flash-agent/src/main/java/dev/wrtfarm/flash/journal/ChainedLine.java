package dev.wrtfarm.flash.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wrtfarm.common.value.Sha256;
import java.time.Instant;

/**
 * One line: {@code {"n":…,"at":…,"kind":…,"body":{…},"prev":"…","mac":"…"}}.
 *
 * <p>{@code prev} is the digest of the whole line before, so that anybody can check a copy; {@code
 * mac} is the HMAC of the line without itself, so that only the agent can have written it.
 */
final class ChainedLine {
  /** Stands for the line before the first. */
  static final String BEFORE_FIRST = "0".repeat(64);

  private static final String MAC = ",\"mac\":\"";
  private static final int SUFFIX = MAC.length() + 64 + "\"}".length();

  private ChainedLine() {}

  static String write(AgentKey key, long n, Instant at, JournalRecord what, String previous) {
    try {
      ObjectNode json = Json.MAPPER.createObjectNode();
      json.put("n", n).put("at", at.toString()).put("kind", what.kindName());
      json.set("body", Json.MAPPER.valueToTree(what));
      json.put("prev", previous);
      String signed = Json.MAPPER.writeValueAsString(json);
      return signed.substring(0, signed.length() - 1) + MAC + key.sign(signed) + "\"}";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record that JSON cannot hold", e);
    }
  }

  /** Checks the line as what follows {@code previous}. */
  static Entry read(AgentKey key, String line, long n, String previous) throws JournalBroken {
    if (line.length() <= SUFFIX) {
      throw new JournalBroken("line %d is cut off".formatted(n));
    }
    String signed = line.substring(0, line.length() - SUFFIX) + "}";
    if (!line.equals(signed.substring(0, signed.length() - 1) + MAC + key.sign(signed) + "\"}")) {
      throw new JournalBroken("line %d is not as the agent wrote it".formatted(n));
    }
    try {
      JsonNode json = Json.MAPPER.readTree(signed);
      if (json.path("n").asLong() != n || !json.path("prev").asText().equals(previous)) {
        throw new JournalBroken("line %d does not follow the one before it".formatted(n));
      }
      return new Entry(
          n,
          Instant.parse(json.path("at").asText()),
          JournalRecord.read(json.path("kind").asText(), json.path("body")),
          line);
    } catch (JsonProcessingException e) {
      throw new JournalBroken("line %d cannot be read: %s".formatted(n, e.getOriginalMessage()));
    }
  }

  static String digest(String line) {
    return Sha256.of(line).hex();
  }
}
