package dev.wrtfarm.worker.feed;

import dev.wrtfarm.worker.feed.Delivery.Delivered;
import dev.wrtfarm.worker.feed.Delivery.Failed;
import dev.wrtfarm.worker.host.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The feeds of one attempt. Each file is fetched once: an index that changes upstream meanwhile
 * stays what it was, and what was delivered is known at the end.
 */
public final class AttemptFeeds {
  private static final int TRIES = 3;

  private final List<URI> bases;
  private final FeedCache cache;
  private final Path dir;
  private final Duration pause;
  private final Map<URI, CompletableFuture<Delivery>> deliveries = new ConcurrentHashMap<>();
  private final AtomicInteger files = new AtomicInteger();
  private volatile Consumer<Delivery> listener = _ -> {};

  /**
   * @param bases the feeds by number, without a slash at the end
   * @param dir for the attempt's links
   * @param pause before a second try; doubled before the third
   */
  public AttemptFeeds(List<URI> bases, FeedCache cache, Path dir, Duration pause) {
    this.bases = List.copyOf(bases);
    this.cache = cache;
    this.dir = Folders.make(dir);
    this.pause = pause;
  }

  /** From now on this hears of every file that was asked for first. */
  public void tell(Consumer<Delivery> listener) {
    this.listener = listener;
  }

  /** Empty for a path that is below no feed. */
  Optional<Delivery> deliver(String path) {
    return FeedFile.of(path, bases).map(this::once);
  }

  /** The package files that went into the sandbox. */
  public List<Delivered> packages() {
    return ended()
        .filter(Delivered.class::isInstance)
        .map(Delivered.class::cast)
        .filter(Delivered::isPackage)
        .toList();
  }

  /** What was asked for and could not be delivered, indexes first. */
  public List<Failed> failures() {
    return ended()
        .filter(Failed.class::isInstance)
        .map(Failed.class::cast)
        .filter(failed -> !failed.isNoise())
        .sorted((a, b) -> Boolean.compare(b.isIndex(), a.isIndex()))
        .toList();
  }

  /** The line with the feeds' own URLs instead of the sandbox's. */
  public String withRealUrls(String line, String local) {
    if (!line.contains(local)) {
      return line;
    }
    String real = line;
    for (int feed = bases.size() - 1; feed >= 0; feed--) {
      real = real.replace(local + "/" + feed, bases.get(feed).toString());
    }
    return real;
  }

  private Stream<Delivery> ended() {
    Collection<CompletableFuture<Delivery>> all = deliveries.values();
    return all.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join);
  }

  private Delivery once(FeedFile file) {
    CompletableFuture<Delivery> mine = new CompletableFuture<>();
    CompletableFuture<Delivery> first = deliveries.putIfAbsent(file.uri(), mine);
    if (first != null) {
      return first.join();
    }
    Delivery delivery = new Failed(file.uri(), file.name(), 0, file.uri() + " was not fetched");
    try {
      delivery = fetch(file);
    } finally {
      mine.complete(delivery);
    }
    listener.accept(delivery);
    return delivery;
  }

  private Delivery fetch(FeedFile file) {
    Path target = dir.resolve(Integer.toString(files.incrementAndGet()));
    Failed failed = new Failed(file.uri(), file.name(), 0, "");
    Duration wait = pause;
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        if (attempt > 1) {
          Thread.sleep(wait);
          wait = wait.multipliedBy(2);
        }
        FeedCache.Answer answer = cache.fetch(file.uri(), target);
        if (answer.sha256().isPresent()) {
          return new Delivered(
              file.uri(), file.name(), target, answer.sha256().get(), answer.size());
        }
        String why = file.uri() + " answered HTTP " + answer.status();
        failed = new Failed(file.uri(), file.name(), answer.status(), why);
        if (answer.status() == 404 || answer.status() == 410) {
          return failed;
        }
      } catch (IOException e) {
        failed = new Failed(file.uri(), file.name(), 0, String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return failed;
      }
    }
    return failed;
  }
}
