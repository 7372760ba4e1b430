package dev.wrtfarm.sample.site;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Signatures and keys in the two-line format of usign. */
record Usign(SigningKey key) {
  private static final byte[] ALGORITHM = "Ed".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_LENGTH = 8;

  /** Made from the key, so that it needs no file of its own. */
  private byte[] id() {
    byte[] digest = HexFormat.of().parseHex(Digests.sha256(key.rawPublic()));
    return Arrays.copyOf(digest, ID_LENGTH);
  }

  String keyId() {
    return HexFormat.of().formatHex(id());
  }

  String publicKeyFile() {
    return file("wrtfarm sample public key " + keyId(), key.rawPublic());
  }

  String signatureFile(byte[] message) {
    return file("signed by key " + keyId(), key.sign(message));
  }

  private String file(String comment, byte[] content) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    raw.writeBytes(ALGORITHM);
    raw.writeBytes(id());
    raw.writeBytes(content);
    String base64 = Base64.getEncoder().encodeToString(raw.toByteArray());
    return "untrusted comment: " + comment + "\n" + base64 + "\n";
  }
}
