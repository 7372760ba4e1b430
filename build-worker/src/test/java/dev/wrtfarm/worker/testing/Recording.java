package dev.wrtfarm.worker.testing;

import dev.wrtfarm.worker.log.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a real Image Builder said, recorded: {@code opkg-24.10} or {@code apk-25.12}. */
public final class Recording {
  private Recording() {}

  public static String stdout(String name) throws IOException {
    return text(name + ".stdout");
  }

  /** Both streams. */
  public static Transcript both(String name) throws IOException {
    Transcript transcript = new Transcript();
    (text(name + ".stdout") + "\n" + text(name + ".stderr")).lines().forEach(transcript::add);
    return transcript;
  }

  public static byte[] file(String name) throws IOException {
    try (InputStream in = Recording.class.getResourceAsStream("/image-builder-output/" + name)) {
      if (in == null) {
        throw new IOException("no recording " + name);
      }
      return in.readAllBytes();
    }
  }

  private static String text(String name) throws IOException {
    return new String(file(name), StandardCharsets.UTF_8);
  }
}
