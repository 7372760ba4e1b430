package dev.wrtfarm.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** The few files of a download server that a submission is checked against. */
public final class SmallUpstream implements AutoCloseable {
  private static final String PROFILES = "{\"profiles\":{\"generic\":{},\"sample_router\":{}}}";
  private static final Map<String, String> FILES =
      Map.of(
          "/.versions.json",
          "{\"versions_list\":[\"24.10.1\",\"24.10.0\",\"23.05.5\"]}",
          "/releases/24.10.0/.targets.json",
          "{\"x86/64\":\"x86_64\",\"ath79/nand\":\"mips\"}",
          "/releases/24.10.0/targets/x86/64/profiles.json",
          PROFILES,
          "/snapshots/targets/x86/64/profiles.json",
          PROFILES);

  private final HttpServer server;

  public SmallUpstream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", SmallUpstream::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = FILES.get(path);
    // This release's files are there, but the server is out of sorts.
    int status = path.contains("23.05.5") ? 503 : body == null ? 404 : 200;
    byte[] bytes = (body == null ? "" : body).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
