package dev.wrtfarm.worker.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrtfarm.worker.download.Downloader;
import dev.wrtfarm.worker.feed.Delivery.Delivered;
import dev.wrtfarm.worker.feed.Delivery.Failed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptFeedsTest {
  @TempDir Path dir;
  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final List<Boolean> lookups = new ArrayList<>();
  private HttpServer upstream;
  private int attempts;

  @BeforeEach
  void serve() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext("/", this::answer);
    upstream.start();
  }

  @AfterEach
  void end() {
    upstream.stop(0);
  }

  @Test
  void an_index_stays_the_same_within_an_attempt() throws IOException {
    files.put("/base/Packages.gz", "old");
    AttemptFeeds feeds = feeds();
    assertThat(text(feeds, "/r/0/Packages.gz")).isEqualTo("old");
    files.put("/base/Packages.gz", "new");
    assertThat(text(feeds, "/r/0/Packages.gz")).isEqualTo("old");
    assertThat(answers).containsExactly("200 /base/Packages.gz");
    assertThat(text(feeds(), "/r/0/Packages.gz")).isEqualTo("new");
  }

  @Test
  void a_package_is_asked_for_again_but_not_fetched_again() throws IOException {
    files.put("/base/nano_8.2_all.ipk", "nano");
    text(feeds(), "/r/0/nano_8.2_all.ipk");
    AttemptFeeds second = feeds();
    assertThat(text(second, "/r/0/nano_8.2_all.ipk")).isEqualTo("nano");
    assertThat(answers).containsExactly("200 /base/nano_8.2_all.ipk", "304 /base/nano_8.2_all.ipk");
    assertThat(lookups).containsExactly(false, true);
    assertThat(second.packages()).extracting(Delivered::name).containsExactly("nano_8.2_all.ipk");
  }

  @Test
  void what_is_known_of_a_file_goes_when_the_file_has_gone() throws IOException {
    files.put("/base/nano_8.2_all.ipk", "nano");
    files.put("/base/htop_3_all.ipk", "htop");
    AttemptFeeds feeds = feeds();
    text(feeds, "/r/0/nano_8.2_all.ipk");
    text(feeds, "/r/0/htop_3_all.ipk");
    try (var bodies = Files.list(dir.resolve("cache/bodies"))) {
      Files.delete(bodies.findFirst().orElseThrow());
    }
    feeds();
    try (var records = Files.list(dir.resolve("cache/urls"))) {
      assertThat(records).hasSize(1);
    }
  }

  @Test
  void a_cached_file_that_the_disk_has_spoiled_is_fetched_anew() throws IOException {
    files.put("/base/nano_8.2_all.ipk", "nano");
    text(feeds(), "/r/0/nano_8.2_all.ipk");
    try (var bodies = Files.list(dir.resolve("cache/bodies"))) {
      for (Path each : bodies.toList()) {
        Files.delete(each);
        Files.writeString(each, "n4no");
      }
    }
    assertThat(text(feeds(), "/r/0/nano_8.2_all.ipk")).isEqualTo("nano");
  }

  @Test
  void a_full_cache_drops_what_was_used_longest_ago_but_not_what_is_in_use() throws IOException {
    files.put("/base/a.ipk", "a".repeat(60));
    files.put("/base/b.ipk", "b".repeat(60));
    AttemptFeeds feeds = feeds();
    text(feeds, "/r/0/a.ipk");
    text(feeds, "/r/0/b.ipk");
    assertThat(cache().size()).isLessThanOrEqualTo(100);
    assertThat(text(feeds, "/r/0/a.ipk")).startsWith("aaa");
  }

  @Test
  void escaped_names_are_recorded_as_they_are() throws IOException {
    files.put("/base/kmod_5.15%2b6~x.apk", "kmod");
    AttemptFeeds feeds = feeds();
    text(feeds, "/r/0/kmod_5.15%2b6~x.apk");
    assertThat(feeds.packages()).extracting(Delivered::name).containsExactly("kmod_5.15+6~x.apk");
  }

  @Test
  void what_upstream_does_not_have_is_a_failure_with_its_url() {
    AttemptFeeds feeds = feeds();
    feeds.deliver("/r/0/gone_1_all.ipk");
    feeds.deliver("/r/0/Packages.gz");
    assertThat(feeds.failures())
        .extracting(Failed::name)
        .containsExactly("Packages.gz", "gone_1_all.ipk");
    assertThat(feeds.failures().getFirst().why()).contains(base() + "/base/Packages.gz", "404");
  }

  @Test
  void what_only_a_script_would_ask_for_is_no_failure_of_the_feed() {
    AttemptFeeds feeds = feeds();
    feeds.deliver("/r/0/no-such-thing");
    feeds.deliver("/r/0/etc/passwd.txt");
    assertThat(feeds.failures()).isEmpty();
  }

  @Test
  void a_server_error_is_tried_again() {
    files.put("/base/Packages.gz", "503");
    AttemptFeeds feeds = feeds();
    feeds.deliver("/r/0/Packages.gz");
    assertThat(answers).hasSize(3);
    assertThat(feeds.failures().getFirst().status()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/r/1/Packages.gz",
        "/r/0/../x",
        "/r/0/a/../../x",
        "/r/0/%2e%2e/x",
        "/r/0/a%2f..%2fx",
        "/r/0/x?y=z",
        "/r/0/x%00",
        "/r/0/",
        "/r/0/%zz",
        "http://example.org/",
        "/"
      })
  void what_lies_below_no_feed_of_the_build_is_not_asked_for(String path) {
    assertThat(feeds().deliver(path)).isEmpty();
    assertThat(answers).isEmpty();
  }

  private String base() {
    return "http://127.0.0.1:" + upstream.getAddress().getPort();
  }

  private FeedCache cache() {
    Downloader downloader = new Downloader(Duration.ofSeconds(30), _ -> {});
    return new FeedCache(dir.resolve("cache"), 100, downloader, lookups::add);
  }

  private AttemptFeeds feeds() {
    return new AttemptFeeds(
        List.of(URI.create(base() + "/base")),
        cache(),
        dir.resolve("attempt-" + ++attempts),
        Duration.ofMillis(1));
  }

  private static String text(AttemptFeeds feeds, String path) throws IOException {
    return Files.readString(((Delivered) feeds.deliver(path).orElseThrow()).file());
  }

  /** Files with an ETag; a content of three digits is a status. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String content = files.get(path);
    String etag = content == null ? "" : "\"" + content.hashCode() + "\"";
    int status = 200;
    if (content == null) {
      status = 404;
    } else if (content.matches("\\d{3}")) {
      status = Integer.parseInt(content);
    } else if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      status = 304;
    }
    answers.add(status + " " + path);
    exchange.getResponseHeaders().set("ETag", etag);
    byte[] body =
        status == 200 && content != null ? content.getBytes(StandardCharsets.UTF_8) : new byte[0];
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
