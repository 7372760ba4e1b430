package dev.wrtfarm.flash.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.flash.image.ImageRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One host sends whoever asks it for an image on to another one. */
class ImageHostsTest {
  private static final byte[] IMAGE = new byte[4096];

  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer first;
  private HttpServer second;

  @BeforeEach
  void start() throws IOException {
    second = server();
    second.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, IMAGE.length);
          exchange.getResponseBody().write(IMAGE);
          exchange.close();
        });
    first = server();
    first.createContext(
        "/there",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://" + host(second) + "/image");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    first.createContext(
        "/round",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/round");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    first.start();
    second.start();
  }

  @AfterEach
  void end() {
    first.stop(0);
    second.stop(0);
    timer.shutdownNow();
  }

  @Test
  void a_redirect_to_a_host_that_is_not_listed_is_not_followed() throws Exception {
    assertThatThrownBy(() -> fetch(host(first), "/there"))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining(host(second))
        .hasMessageContaining("image-hosts")
        .hasMessageContaining(host(first));
    assertThatThrownBy(() -> fetch(host(second), "/there"))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining("would come from " + host(first));
    assertThat(asked).hasValue(0);

    fetch(host(first) + "," + host(second), "/there");
    fetch("127.0.0.1", "/there");
    fetch("", "/there");
    assertThat(asked).hasValue(3);
  }

  @Test
  void a_host_that_leads_in_a_circle_is_left() {
    assertThatThrownBy(() -> fetch("", "/round"))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining("leads to more than");
  }

  @Test
  void an_address_whose_host_cannot_be_read_is_refused() {
    for (String url : new String[] {"http://my_store:9000/x", "http:///x"}) {
      assertThatThrownBy(() -> fetchFrom("", url))
          .as(url)
          .isInstanceOf(ImageRefused.class)
          .hasMessageContaining("x.img: its URL names no host");
    }
  }

  @Test
  void a_host_is_what_the_address_really_leads_to() throws Exception {
    ImageHosts hosts = ImageHosts.parse("Good.example, store:9000, [::1]:80");

    for (String fine :
        new String[] {"https://good.example/x", "http://STORE:9000/", "http://[::1]/"}) {
      hosts.require(URI.create(fine), "x.img");
    }
    for (String other :
        new String[] {
          "https://good.example@evil.example/x",
          "https://good.example.evil.example/x",
          "http://store/x",
          "http://store:90000/x",
          "https://[::1]/",
          "http:///x"
        }) {
      assertThatThrownBy(() -> hosts.require(URI.create(other), "x.img"))
          .as(other)
          .isInstanceOf(ImageRefused.class);
    }
  }

  @Test
  void the_configuration_names_them() throws Exception {
    assertThat(config("").imageHosts()).isEqualTo(ImageHosts.ANY);
    assertThat(config("image-hosts=farm.example, store:9000").imageHosts().allowed())
        .containsExactly("farm.example", "store:9000");
    for (String wrong : new String[] {"http://farm.example", "a,,b", "a:b", "a_b", "*"}) {
      assertThatThrownBy(() -> config("image-hosts=" + wrong))
          .isInstanceOf(ConfigWrong.class)
          .hasMessageContaining("image-hosts")
          .hasMessageContaining("HOST:PORT");
    }
  }

  private AgentConfig config(String line) throws Exception {
    return AgentConfig.read(
        Files.writeString(
            folder.resolve("agent.properties"),
            "host=lab\nfarm.urls=http://farm\nfarm.token-file=/token\n" + line + "\n"));
  }

  private void fetch(String hosts, String path) throws Exception {
    fetchFrom(hosts, "http://" + host(first) + path);
  }

  private void fetchFrom(String hosts, String url) throws Exception {
    ImageSource source = new ImageSource("x.img", url, Sha256.of(IMAGE).hex(), 4096L, null);
    ImageSpace space = new ImageSpace(folder, 1 << 20);
    try (ImageSpace.Part part = space.begin(folder.resolve(source.sha256()))) {
      new ImageFetch(ImageHosts.parse(hosts), timer).fetch(source, part, percent -> {}, () -> true);
      assertThat(part.file()).hasBinaryContent(IMAGE);
    }
  }

  private static String host(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }
}
