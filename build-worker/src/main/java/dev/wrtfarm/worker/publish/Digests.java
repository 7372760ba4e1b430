package dev.wrtfarm.worker.publish;

import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.BlobOffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Both digests that the store asks for, in one pass. */
final class Digests {
  private static final int BUFFER = 1 << 16;

  private Digests() {}

  static BlobOffer of(Path file) {
    MessageDigest sha256 = Sha256.newDigest();
    MessageDigest md5 = md5();
    long size = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha256.update(buffer, 0, n);
        md5.update(buffer, 0, n);
        size += n;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String encoded = Base64.getEncoder().encodeToString(md5.digest());
    return new BlobOffer(Sha256.of(sha256).hex(), size, encoded);
  }

  /** Guards the way to the store, which checks nothing else; identity is SHA-256's affair. */
  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
