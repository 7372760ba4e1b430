package dev.wrtfarm.worker.claim;

import dev.wrtfarm.worker.attempt.Attempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unix sockets have short paths: 107 bytes. A deep data folder needs a place elsewhere. */
public final class SocketFolder {
  private static final int LONGEST = 107;
  private static final String NAME = "feeds.sock";

  Path socketOf(Attempt attempt) {
    Path own = attempt.dir().resolve(NAME).toAbsolutePath();
    if (own.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return own;
    }
    try {
      Path dir = Files.createTempDirectory("wrtfarm");
      dir.toFile().deleteOnExit();
      return dir.resolve(NAME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
