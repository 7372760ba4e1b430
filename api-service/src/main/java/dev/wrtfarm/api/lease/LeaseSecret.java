package dev.wrtfarm.api.lease;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.Sha256;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The nonce that a worker or an agent sent with its claim. The farm keeps its hash only. */
public final class LeaseSecret {
  private static final Pattern FORMAT = Pattern.compile("[0-9a-f]{32}");

  private LeaseSecret() {}

  public static String hash(String secret) {
    return Sha256.of(secret).hex();
  }

  public static void check(String nonce) {
    if (!FORMAT.matcher(nonce).matches()) {
      // The value is a secret: it is not told back.
      throw new InvalidValue("nonce", "…", "give 128 random bits as 32 hexadecimal digits");
    }
  }

  public static boolean matches(String secret, @Nullable String hash) {
    return hash != null
        && MessageDigest.isEqual(hash(secret).getBytes(US_ASCII), hash.getBytes(US_ASCII));
  }
}
