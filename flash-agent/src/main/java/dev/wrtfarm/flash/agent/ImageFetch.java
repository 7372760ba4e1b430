package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.flash.image.ImageRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Downloads an image's file; what arrives is what its digest says, or nothing. */
final class ImageFetch {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST = Duration.ofHours(2);
  private static final int CHUNK = 1 << 18;
  private static final int REDIRECTS = 5;
  private static final Set<Integer> REDIRECT = Set.of(301, 302, 303, 307, 308);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final ImageHosts hosts;
  private final ScheduledExecutorService timer;
  private final Duration longest;

  ImageFetch(ImageHosts hosts, ScheduledExecutorService timer) {
    this(hosts, timer, LONGEST);
  }

  /**
   * @param longest for a whole file: one that comes byte by byte must not keep its slot for ever
   */
  ImageFetch(ImageHosts hosts, ScheduledExecutorService timer, Duration longest) {
    this.hosts = hosts;
    this.timer = timer;
    this.longest = longest;
  }

  /**
   * @param percent hears how far it is, when the size is known
   * @param wanted whether anybody still wants the image
   * @throws ImageRefused the same again would be of no use
   * @throws IOException another time it may work
   */
  void fetch(ImageSource source, ImageSpace.Part to, IntConsumer percent, BooleanSupplier wanted)
      throws IOException, InterruptedException {
    to.reserve(source.size() == null ? 0 : source.size(), source.name());
    HttpResponse<InputStream> response = open(source);
    try (InputStream in = response.body()) {
      int status = response.statusCode();
      if (status / 100 != 2) {
        throw new IOException("%s: HTTP %d".formatted(source.name(), status));
      }
      String sha256 = copy(in, source, to, percent, wanted);
      if (!sha256.equals(source.sha256())) {
        throw new ImageRefused(
            "%s has not the SHA-256 %s that it should have"
                .formatted(source.name(), source.sha256()));
      }
    }
  }

  /** Follows redirects itself, for each of them may lead to another host. */
  private HttpResponse<InputStream> open(ImageSource source)
      throws IOException, InterruptedException {
    URI uri = uri(source.url(), source);
    for (int i = 0; i <= REDIRECTS; i++) {
      hosts.require(uri, source.name());
      HttpRequest request =
          HttpRequest.newBuilder(uri).timeout(SILENCE).header("Accept", "*/*").build();
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      Optional<String> location = response.headers().firstValue("Location");
      if (!REDIRECT.contains(response.statusCode()) || location.isEmpty()) {
        return response;
      }
      response.body().close();
      uri = next(uri, location.get(), source);
    }
    throw new ImageRefused(
        "%s: its address leads to more than %d others".formatted(source.name(), REDIRECTS));
  }

  private static URI next(URI from, String location, ImageSource source) throws ImageRefused {
    URI to = uri(absolute(from, location, source), source);
    if (from.getScheme().equalsIgnoreCase("https") && !to.getScheme().equalsIgnoreCase("https")) {
      throw new ImageRefused("%s: its address leads from https to http".formatted(source.name()));
    }
    return to;
  }

  private static String absolute(URI from, String location, ImageSource source)
      throws ImageRefused {
    try {
      return from.resolve(location).toString();
    } catch (IllegalArgumentException e) {
      throw unreadable(source);
    }
  }

  private String copy(
      InputStream in,
      ImageSource source,
      ImageSpace.Part to,
      IntConsumer percent,
      BooleanSupplier wanted)
      throws IOException {
    MessageDigest digest = Sha256.newDigest();
    long began = System.nanoTime();
    AtomicLong heard = new AtomicLong(began);
    ScheduledFuture<?> watch =
        timer.scheduleAtFixedRate(() -> closeIfSilent(in, heard), 5, 5, TimeUnit.SECONDS);
    long count = 0;
    try (OutputStream out = Files.newOutputStream(to.file())) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        long now = System.nanoTime();
        heard.set(now);
        if (now - began > longest.toNanos()) {
          throw new ImageRefused(
              "%s did not come within %d s: look at this host's network"
                  .formatted(source.name(), longest.toSeconds()));
        }
        if (!wanted.getAsBoolean()) {
          throw new ImageRefused(source.name() + " is not wanted any more");
        }
        count += n;
        to.grow(count, source.name());
        out.write(chunk, 0, n);
        digest.update(chunk, 0, n);
        if (source.size() != null && source.size() > 0) {
          percent.accept((int) Math.clamp(100 * count / source.size(), 0, 100));
        }
      }
    } finally {
      watch.cancel(false);
    }
    return Sha256.of(digest).hex();
  }

  /** A body may stand still for ever. */
  private static void closeIfSilent(InputStream in, AtomicLong heard) {
    if (System.nanoTime() - heard.get() > SILENCE.toNanos()) {
      try {
        in.close();
      } catch (IOException e) {
        // Whoever reads it hears of it.
      }
    }
  }

  private static URI uri(String url, ImageSource source) throws ImageRefused {
    if (!url.matches("(?i)https?://.+")) {
      throw new ImageRefused("%s: its URL is neither http nor https".formatted(source.name()));
    }
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw unreadable(source);
    }
    if (uri.getHost() == null) {
      throw new ImageRefused(
          "%s: its URL names no host, or one with other signs than letters, digits, '-' and '.': give the host a name without them"
              .formatted(source.name()));
    }
    return uri;
  }

  /** The URL itself may hold a secret. */
  private static ImageRefused unreadable(ImageSource source) {
    return new ImageRefused("%s: its URL cannot be read".formatted(source.name()));
  }
}
