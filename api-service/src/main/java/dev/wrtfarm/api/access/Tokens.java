package dev.wrtfarm.api.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wrtfarm.common.value.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Knows the three tokens by their digests. */
@ApplicationScoped
class Tokens {
  private final Map<Role, byte[]> digests = new EnumMap<>(Role.class);

  Tokens(AccessConfig config) {
    put(Role.OPERATOR, config.operatorTokenSha256());
    put(Role.WORKER, config.workerTokenSha256());
    put(Role.AGENT, config.agentTokenSha256());
  }

  private void put(Role role, Optional<String> digest) {
    digest
        .map(hex -> new Sha256(hex.strip().toLowerCase(Locale.ROOT)))
        .ifPresent(sha256 -> digests.put(role, sha256.hex().getBytes(US_ASCII)));
  }

  boolean isToken(Role role, String token) {
    byte[] wanted = digests.get(role);
    return wanted != null
        && MessageDigest.isEqual(wanted, Sha256.of(token).hex().getBytes(US_ASCII));
  }
}
