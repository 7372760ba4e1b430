package dev.wrtfarm.api.event;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Who told an event: what this replica told itself is no news to it. */
@Singleton
class Replica {
  private static final String HEADER = "replica";

  private final byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

  void sign(Headers headers) {
    headers.add(HEADER, id);
  }

  boolean signed(Headers headers) {
    Header signature = headers.lastHeader(HEADER);
    return signature != null && Arrays.equals(signature.value(), id);
  }
}
