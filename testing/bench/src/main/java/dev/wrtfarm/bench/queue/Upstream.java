package dev.wrtfarm.bench.queue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A download server that has the one profile of the recipes: the api asks it once, and keeps it.
 */
final class Upstream implements AutoCloseable {
  private final HttpServer server;

  private Upstream(HttpServer server) {
    this.server = server;
  }

  static Upstream start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] profiles =
        "{\"profiles\":{\"%s\":{}}}".formatted(Recipes.PROFILE).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, profiles.length);
          exchange.getResponseBody().write(profiles);
          exchange.close();
        });
    server.start();
    return new Upstream(server);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
