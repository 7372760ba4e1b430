package dev.wrtfarm.worker.feed;

import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.worker.download.Downloader;
import dev.wrtfarm.worker.download.Downloader.Reply;
import dev.wrtfarm.worker.download.Received;
import dev.wrtfarm.worker.host.Folders;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files of feeds across attempts. Each use asks upstream by conditional GET, so an old file is
 * never served for a new one; bodies lie under their digest, which is checked on each use.
 */
public final class FeedCache {
  private static final long LARGEST = 1L << 30;
  private static final int KEPT_BETWEEN_LOOKS = 500;
  private static final Duration LEFT_OVER = Duration.ofDays(1);

  private final Path urls;
  private final Path bodies;
  private final Path fresh;
  private final Downloader downloader;
  private final Consumer<Boolean> hit;
  private final LeastRecentlyUsed order;
  private final AtomicInteger kept = new AtomicInteger();

  /**
   * @param limit of all bodies together, in bytes
   * @param hit hears whether a look-up was answered from the cache
   */
  public FeedCache(Path dir, long limit, Downloader downloader, Consumer<Boolean> hit) {
    this.urls = Folders.make(dir.resolve("urls"));
    this.bodies = Folders.make(dir.resolve("bodies"));
    this.fresh = Folders.make(dir.resolve("new"));
    this.downloader = downloader;
    this.hit = hit;
    this.order = new LeastRecentlyUsed(bodies, limit);
    dropLeftovers();
    dropRecords();
  }

  /** What upstream said, and the digest of the file when it said 200 or 304. */
  record Answer(int status, Optional<Sha256> sha256, long size) {}

  /** Bytes of all bodies. */
  public long size() {
    return order.size();
  }

  /** Links the file to the target. */
  Answer fetch(URI uri, Path target) throws IOException, InterruptedException {
    Path record = urls.resolve(Sha256.of(uri.toString()).hex());
    Optional<Properties> known = known(record);
    if (known.isPresent()) {
      Path body = bodies.resolve(known.get().getProperty("sha256", "none"));
      Path scratch = fresh.resolve(UUID.randomUUID().toString());
      Reply reply = downloader.get(uri, conditions(known.get()), scratch, LARGEST, Received.NOBODY);
      if (reply.status() != 304) {
        hit.accept(false);
        return keep(reply, record, scratch, target);
      }
      if (link(body, target)) {
        hit.accept(true);
        Sha256 digest = Sha256.of(target);
        if (digest.hex().equals(known.get().getProperty("sha256"))) {
          return new Answer(304, Optional.of(digest), Files.size(target));
        }
        Files.delete(target); // spoiled on the disk
        Files.deleteIfExists(body);
      }
    }
    hit.accept(false);
    Path scratch = fresh.resolve(UUID.randomUUID().toString());
    return keep(
        downloader.get(uri, Map.of(), scratch, LARGEST, Received.NOBODY), record, scratch, target);
  }

  /** What a worker that was killed had only begun; the age spares one that shares the folder. */
  private void dropLeftovers() {
    Instant before = Instant.now().minus(LEFT_OVER);
    try (Stream<Path> begun = Files.list(fresh)) {
      for (Path each : begun.toList()) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      return; // the next start tries again
    }
  }

  /** A record whose file was trimmed says nothing any more. */
  private void dropRecords() {
    try (Stream<Path> records = Files.list(urls)) {
      for (Path each : records.toList()) {
        Optional<String> body = known(each).map(known -> known.getProperty("sha256", "none"));
        if (body.isEmpty() || !Files.exists(bodies.resolve(body.get()))) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException e) {
      return; // the next look finds them
    }
  }

  private Answer keep(Reply reply, Path record, Path scratch, Path target) throws IOException {
    try {
      if (!reply.ok()) {
        return new Answer(reply.status(), Optional.empty(), 0);
      }
      Sha256 digest = reply.sha256().orElseThrow();
      Files.deleteIfExists(target); // of a try before
      Files.createLink(target, scratch);
      Files.move(scratch, bodies.resolve(digest.hex()), StandardCopyOption.ATOMIC_MOVE);
      remember(record, reply, digest);
      order.trim();
      if (kept.incrementAndGet() % KEPT_BETWEEN_LOOKS == 0) {
        dropRecords();
      }
      return new Answer(reply.status(), Optional.of(digest), reply.size());
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  private void remember(Path record, Reply reply, Sha256 digest) throws IOException {
    Properties known = new Properties();
    known.setProperty("sha256", digest.hex());
    put(known, "etag", reply.headers().get("etag"));
    put(known, "last-modified", reply.headers().get("last-modified"));
    Path scratch = fresh.resolve(UUID.randomUUID().toString());
    try (Writer out = Files.newBufferedWriter(scratch)) {
      known.store(out, null);
    }
    Files.move(scratch, record, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A record without a validator is of no use. */
  private static Optional<Properties> known(Path record) {
    Properties known = new Properties();
    try (Reader in = Files.newBufferedReader(record)) {
      known.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return conditions(known).isEmpty() ? Optional.empty() : Optional.of(known);
  }

  private static Map<String, String> conditions(Properties known) {
    Map<String, String> headers = new HashMap<>();
    String etag = known.getProperty("etag");
    String modified = known.getProperty("last-modified");
    if (etag != null) {
      headers.put("If-None-Match", etag);
    }
    if (modified != null) {
      headers.put("If-Modified-Since", modified);
    }
    return headers;
  }

  private static void put(Properties known, String name, @Nullable String value) {
    if (value != null) {
      known.setProperty(name, value);
    }
  }

  /** A link keeps the bytes for the attempt although the cache may drop them meanwhile. */
  private static boolean link(Path body, Path target) {
    try {
      Files.createLink(target, body);
      Files.setLastModifiedTime(body, FileTime.from(Instant.now()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
