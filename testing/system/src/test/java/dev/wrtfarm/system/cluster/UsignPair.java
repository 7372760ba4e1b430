package dev.wrtfarm.system.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** A pair of keys that signs as usign does. */
record UsignPair(KeyPair pair) {
  private static final int RAW_LENGTH = 32;
  private static final byte[] ALGORITHM_AND_ID = "Edtestonly".getBytes(StandardCharsets.US_ASCII);

  static UsignPair make() {
    try {
      return new UsignPair(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String publicKey() {
    byte[] encoded = pair.getPublic().getEncoded();
    return base64(Arrays.copyOfRange(encoded, encoded.length - RAW_LENGTH, encoded.length));
  }

  String signatureFile(String message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message.getBytes(StandardCharsets.UTF_8));
      return "untrusted comment: a test's own key\n" + base64(signature.sign()) + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] content) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    raw.writeBytes(ALGORITHM_AND_ID);
    raw.writeBytes(content);
    return Base64.getEncoder().encodeToString(raw.toByteArray());
  }
}
