package dev.wrtfarm.worker.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloaderTest {
  @TempDir Path dir;
  private final Downloader downloader = new Downloader(Duration.ofSeconds(20), _ -> {});
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile String location = "";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_redirect_within_the_host_is_followed() throws Exception {
    location = "/there";
    assertThat(get().ok()).isTrue();
    assertThat(dir.resolve("file")).hasContent("bytes of /there");
    assertThat(asked).containsExactly("/moved", "/there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:PORT/there",
        "http://127.0.0.1:1/there",
        "http://169.254.169.254/latest/meta-data/",
        "https://127.0.0.1:PORT/there",
        "//elsewhere.example/there",
        "file:///etc/passwd",
        "ftp://127.0.0.1:PORT/there",
        "http://127.0.0.1:PORT@elsewhere.example/"
      })
  void a_redirect_to_anywhere_else_is_refused(String to) {
    location = to.replace("PORT", Integer.toString(server.getAddress().getPort()));
    assertThatThrownBy(this::get)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("may only be redirected to the same host");
    assertThat(asked).containsExactly("/moved");
    assertThat(dir.resolve("file")).doesNotExist();
  }

  @Test
  void redirects_in_a_circle_end() {
    location = "/moved";
    assertThatThrownBy(this::get).hasMessageContaining("more than 5 redirects");
  }

  private Downloader.Reply get() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/moved");
    return downloader.get(uri, Map.of(), dir.resolve("file"), 1 << 20, Received.NOBODY);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(path);
      if (path.equals("/moved")) {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
      } else {
        byte[] bytes = ("bytes of " + path).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
