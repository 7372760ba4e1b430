package dev.wrtfarm.flash.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The agent's own secret: 32 random bytes in a file that nobody else may read. */
public final class AgentKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  private final SecretKeySpec key;

  private AgentKey(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  static AgentKey create(Path file) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    DurableFile.create(file, HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
    return new AgentKey(secret);
  }

  static AgentKey read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    try {
      byte[] secret = HexFormat.of().parseHex(text);
      if (secret.length == BYTES) {
        return new AgentKey(secret);
      }
    } catch (IllegalArgumentException e) {
      // Not hexadecimal: said below, without quoting a secret.
    }
    throw new JournalBroken(
        file + " is not an agent's key: give the file back that belongs to this journal");
  }

  /** HMAC-SHA-256 of the text, in hexadecimal digits. */
  public String sign(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
