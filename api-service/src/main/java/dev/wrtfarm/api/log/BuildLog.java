package dev.wrtfarm.api.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wrtfarm.api.artifact.Blob;
import dev.wrtfarm.api.artifact.ObjectStore;
import dev.wrtfarm.api.build.Artifacts;
import dev.wrtfarm.api.build.Build;
import dev.wrtfarm.api.build.Builds;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads one build's log from its beginning: rows while it runs, then the artifact. Whoever followed
 * the rows goes on in the artifact where they ended. One reader's; not for several threads.
 */
public final class BuildLog implements AutoCloseable {
  private static final int ROWS = 50;
  private static final int BUFFER = 1 << 16;
  private static final byte[] NOTHING = {};

  private final String build;
  private final Builds builds;
  private final LogChunks rows;
  private final Artifacts artifacts;
  private final ObjectStore store;

  private int attempt;
  private int sequence = -1;
  private long sentOfAttempt;
  private boolean inObject;
  private boolean ended;
  private InputStream object = InputStream.nullInputStream();

  BuildLog(String build, Builds builds, LogChunks rows, Artifacts artifacts, ObjectStore store) {
    this.build = build;
    this.builds = builds;
    this.rows = rows;
    this.artifacts = artifacts;
    this.store = store;
  }

  /** The build has ended, and everything was read. */
  public boolean isEnded() {
    return ended;
  }

  /** What there is beyond what was read before; empty when there is nothing for now. */
  public byte[] next() throws IOException {
    byte[] stored = object.readNBytes(BUFFER);
    if (stored.length > 0 || inObject) {
      ended = stored.length == 0;
      return stored;
    }
    // First whether the build has ended, then its rows: none can be missed in between.
    Build now = QuarkusTransaction.requiringNew().call(() -> builds.findById(build));
    List<LogChunks.Piece> pieces = rows.after(build, attempt, sequence, ROWS);
    if (!pieces.isEmpty()) {
      return text(pieces);
    }
    if (now.state().isUnfinished()) {
      return NOTHING;
    }
    inObject = true;
    Optional<Blob> log = QuarkusTransaction.requiringNew().call(() -> artifacts.log(build));
    if (log.isEmpty()) {
      ended = true;
      return NOTHING;
    }
    object = store.read(log.get().objectKey());
    if (attempt == now.attempt()) {
      object.skipNBytes(Math.min(sentOfAttempt, log.get().size()));
    }
    byte[] rest = object.readNBytes(BUFFER);
    ended = rest.length == 0;
    return rest;
  }

  private byte[] text(List<LogChunks.Piece> pieces) {
    StringBuilder text = new StringBuilder();
    for (LogChunks.Piece piece : pieces) {
      if (piece.attempt() != attempt) {
        attempt = piece.attempt();
        sentOfAttempt = 0;
      }
      sequence = piece.sequence();
      sentOfAttempt += piece.content().getBytes(UTF_8).length;
      text.append(piece.content());
    }
    return text.toString().getBytes(UTF_8);
  }

  @Override
  public void close() {
    try {
      object.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
