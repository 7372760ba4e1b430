package dev.wrtfarm.flash.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.journal.AgentKey;
import dev.wrtfarm.flash.journal.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Makes the tokens that confirm plans, and knows its own again: {@code NONCE.EXPIRY.HMAC}. That a
 * token is good only once is the journal's part.
 */
final class TokenMint {
  static final Duration LIFE = Duration.ofMinutes(10);
  private static final int NONCE_BYTES = 16;

  private final AgentKey key;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  TokenMint(AgentKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /** A token, and until when it is good. */
  record Minted(String token, Instant expires) {}

  Minted make(TokenSubject subject) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Instant expires = Instant.ofEpochSecond(clock.instant().plus(LIFE).getEpochSecond());
    String head = HexFormat.of().formatHex(nonce) + "." + expires.getEpochSecond();
    return new Minted(head + "." + sign(head, subject), expires);
  }

  /** What is checked first can be told without the device. */
  void checkAge(String token) throws DeviceRefused {
    String[] parts = token.split("\\.", -1);
    Instant expires;
    try {
      expires = Instant.ofEpochSecond(Long.parseLong(parts.length == 3 ? parts[1] : ""));
    } catch (NumberFormatException | DateTimeException e) {
      throw new DeviceRefused(
          RefusalReason.TOKEN_INVALID, "this is not a plan's token: plan again");
    }
    if (clock.instant().isAfter(expires)) {
      throw new DeviceRefused(
          RefusalReason.TOKEN_EXPIRED,
          "the plan's token was good until %s: plan again".formatted(expires));
    }
  }

  boolean isFor(String token, TokenSubject subject) {
    int end = token.lastIndexOf('.');
    return end > 0
        && MessageDigest.isEqual(
            token.substring(end + 1).getBytes(StandardCharsets.UTF_8),
            sign(token.substring(0, end), subject).getBytes(StandardCharsets.UTF_8));
  }

  private String sign(String head, TokenSubject subject) {
    try {
      return key.sign("plan " + head + " " + Json.MAPPER.writeValueAsString(subject));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan that JSON cannot hold", e);
    }
  }
}
