package dev.wrtfarm.api.artifact;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.Optional;

/**
 * Hands out URLs. Whoever gets one has used the object; that is noted after the URL was signed, so
 * that the note is never older than the URL.
 */
@ApplicationScoped
public class Downloads {
  private final Blobs blobs;
  private final Uses uses;
  private final ObjectStore store;

  Downloads(Blobs blobs, Uses uses, ObjectStore store) {
    this.blobs = blobs;
    this.uses = uses;
    this.store = store;
  }

  /**
   * A URL that gets the object under a file name of ours; making it needs no network. Empty: the
   * object is not kept any more.
   */
  @Transactional
  public Optional<URI> url(String blob, String fileName) {
    return blobs
        .findByIdOptional(blob)
        .map(row -> URI.create(store.getUrl(row.objectKey(), fileName)))
        .filter(signed -> uses.note(blob));
  }
}
