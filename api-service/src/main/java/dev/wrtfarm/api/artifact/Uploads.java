package dev.wrtfarm.api.artifact;

import dev.wrtfarm.common.value.InvalidValue;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.BlobOffer;
import dev.wrtfarm.common.worker.Upload;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** From the worker's list of digests to rows that a build may refer to. */
@ApplicationScoped
public class Uploads {
  private static final long LARGEST_PUT = 5L << 30;
  private static final int MD5_BYTES = 16;

  private final Blobs blobs;
  private final ObjectStore store;
  private final Lifetimes lifetimes;

  Uploads(Blobs blobs, ObjectStore store, Lifetimes lifetimes) {
    this.blobs = blobs;
    this.store = store;
    this.lifetimes = lifetimes;
  }

  /** Which of these to send, and where. Runs in the caller's transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public List<Upload> wanted(List<BlobOffer> offers) {
    List<BlobOffer> inOrder =
        offers.stream().sorted(Comparator.comparing(BlobOffer::sha256)).distinct().toList();
    List<Upload> wanted = new ArrayList<>();
    for (BlobOffer offer : inOrder) {
      check(offer);
      Sha256 digest = new Sha256(offer.sha256());
      if (blobs.touchPresent(digest).isEmpty()) {
        String id = UUID.randomUUID().toString();
        // Signed first: the row's time is never before the URL's.
        String url = store.putUrl(Blobs.freshKey(digest, id), offer.md5(), lifetimes.put());
        blobs.insertPending(id, digest, offer.size(), lifetimes.put());
        wanted.add(new Upload(offer.sha256(), url, Map.of("Content-MD5", offer.md5())));
      }
    }
    return wanted;
  }

  private static void check(BlobOffer offer) {
    if (offer.size() < 0 || offer.size() > LARGEST_PUT) {
      throw new InvalidValue(
          "blobs.size", Long.toString(offer.size()), "give 0 to " + LARGEST_PUT + " bytes");
    }
    try {
      if (Base64.getDecoder().decode(offer.md5()).length == MD5_BYTES) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new InvalidValue("blobs.md5", offer.md5(), "give an MD5 digest in base64");
  }

  /**
   * Asks the store which uploads of these digests are whole; outside of any transaction. A row that
   * is PRESENT without its object is doomed, so that the worker is asked to send it again.
   *
   * @return the ids of rows whose objects are there
   */
  @Transactional(Transactional.TxType.NEVER)
  public Set<String> verified(Collection<String> digests) {
    if (digests.isEmpty()) {
      return Set.of();
    }
    List<Blob> candidates = QuarkusTransaction.requiringNew().call(() -> blobs.candidates(digests));
    Set<String> whole = new TreeSet<>();
    for (Blob each : candidates) {
      OptionalLong size = store.sizeOf(each.objectKey());
      if (size.isPresent() && size.getAsLong() == each.size()) {
        whole.add(each.id());
      } else if (each.isPresent()) {
        QuarkusTransaction.requiringNew().run(() -> blobs.doom(each.id()));
      }
    }
    return whole;
  }

  /**
   * Locks the rows of these digests and makes one of each PRESENT.
   *
   * @return digest to row; digests that are missing from it have to be sent again
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Map<String, Blob> settle(Collection<String> digests, Set<String> verified) {
    if (digests.isEmpty()) {
      return Map.of();
    }
    Map<String, Blob> chosen = new HashMap<>();
    for (Blob each : blobs.lock(digests).values()) {
      Blob other = chosen.get(each.sha256());
      boolean usable = each.isPresent() || verified.contains(each.id());
      if (usable && (other == null || !other.isPresent())) {
        chosen.put(each.sha256(), each);
      }
    }
    chosen.values().stream()
        .filter(each -> !each.isPresent())
        .forEach(each -> blobs.markPresent(each.id()));
    return chosen;
  }
}
