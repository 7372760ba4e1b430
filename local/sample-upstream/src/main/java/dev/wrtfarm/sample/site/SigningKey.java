package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** An Ed25519 key that the first build makes and later builds find again. */
record SigningKey(KeyPair pair) {
  private static final int RAW_LENGTH = 32;

  static SigningKey in(Path folder, String name) throws IOException {
    Path secret = folder.resolve(name + ".pkcs8");
    Path open = folder.resolve(name + ".x509");
    try {
      if (!Files.exists(secret) || !Files.exists(open)) {
        make(secret, open);
      }
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return new SigningKey(
          new KeyPair(
              factory.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(open))),
              factory.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(secret)))));
    } catch (GeneralSecurityException e) {
      throw new IOException("no usable key in " + folder + "; delete it to get new ones", e);
    }
  }

  private static void make(Path secret, Path open) throws IOException, GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.createDirectories(secret.getParent());
    Files.deleteIfExists(secret);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(secret, pair.getPrivate().getEncoded());
    Files.write(open, pair.getPublic().getEncoded());
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with a key of our own", e);
    }
  }

  /** The 32 bytes at the end of the key's encoding. */
  byte[] rawPublic() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - RAW_LENGTH, encoded.length);
  }

  String pem() {
    String base64 = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }
}
