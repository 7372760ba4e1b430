package dev.wrtfarm.flash.agent;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wrtfarm.common.agent.FlashWork.ImageSource;
import dev.wrtfarm.flash.image.ImageRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that sends a byte now and then, for ever. */
class ImageFetchTest {
  @TempDir Path folder;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", ImageFetchTest::drip);
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
    timer.shutdownNow();
  }

  @Test
  void a_file_that_comes_byte_by_byte_does_not_keep_its_slot_for_ever() {
    assertThatThrownBy(() -> fetch(Duration.ofMillis(300), () -> true))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining("slow.img did not come");
  }

  @Test
  void a_file_that_nobody_wants_any_more_is_not_fetched_to_its_end() {
    assertThatThrownBy(() -> fetch(Duration.ofHours(1), () -> false))
        .isInstanceOf(ImageRefused.class)
        .hasMessageContaining("not wanted");
  }

  private void fetch(Duration longest, BooleanSupplier wanted) throws Exception {
    String url = "http://127.0.0.1:%d/slow.img".formatted(server.getAddress().getPort());
    ImageSource source = new ImageSource("slow.img", url, "0".repeat(64), null, null);
    try (ImageSpace.Part part = new ImageSpace(folder, 1 << 30).begin(folder.resolve("slow"))) {
      new ImageFetch(ImageHosts.ANY, timer, longest).fetch(source, part, percent -> {}, wanted);
    }
  }

  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write(1);
        out.flush();
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
