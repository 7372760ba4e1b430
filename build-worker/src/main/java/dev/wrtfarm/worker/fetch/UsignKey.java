package dev.wrtfarm.worker.fetch;

import dev.wrtfarm.common.value.InvalidValue;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A public key of usign (and signify): the letters {@code Ed}, eight bytes that name the key, and
 * an Ed25519 key of 32 bytes.
 */
record UsignKey(String id, PublicKey key) {
  static final int ID_AT = 2;
  static final int BODY_AT = 10;
  private static final int LENGTH = 42;

  /** From the base64 line, or from a key file: the last line that is not a comment. */
  static UsignKey parse(String text) {
    byte[] bytes = UsignText.decode("usign key", text, LENGTH);
    byte[] raw = Arrays.copyOfRange(bytes, BODY_AT, LENGTH);
    boolean xOdd = (raw[31] & 0x80) != 0;
    raw[31] &= 0x7f;
    for (int i = 0, j = raw.length - 1; i < j; i++, j--) {
      byte swap = raw[i];
      raw[i] = raw[j];
      raw[j] = swap;
    }
    try {
      EdECPoint point = new EdECPoint(xOdd, new BigInteger(1, raw));
      PublicKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
      return new UsignKey(HexFormat.of().formatHex(bytes, ID_AT, BODY_AT), key);
    } catch (GeneralSecurityException e) {
      throw new InvalidValue("usign key", text, "give a base64 Ed25519 key as usign writes it");
    }
  }
}
