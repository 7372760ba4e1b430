package dev.wrtfarm.api.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.common.value.Sha256;
import java.util.Optional;

/**
 * A line of an agent's journal.
 *
 * @param n its number, from 1 on
 * @param previous digest of the whole line before it
 */
record JournalLine(long n, String previous) {
  private static final String BEFORE_FIRST = "0".repeat(64);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Empty when it is none. */
  static Optional<JournalLine> read(String line) {
    try {
      JsonNode tree = JSON.readTree(line);
      return tree != null && tree.path("n").canConvertToLong() && tree.path("prev").isTextual()
          ? Optional.of(new JournalLine(tree.path("n").asLong(), tree.path("prev").asText()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  boolean isFirst() {
    return n == 1 && previous.equals(BEFORE_FIRST);
  }

  static String digest(String line) {
    return Sha256.of(line).hex();
  }
}
