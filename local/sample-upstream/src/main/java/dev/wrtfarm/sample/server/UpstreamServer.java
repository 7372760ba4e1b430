package dev.wrtfarm.sample.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The tree over HTTP, on loopback only. */
public final class UpstreamServer implements AutoCloseable {
  private static final int BACKLOG = 100;

  private final HttpServer http;
  private final ExecutorService threads;

  private UpstreamServer(HttpServer http, ExecutorService threads) {
    this.http = http;
    this.threads = threads;
  }

  /**
   * @param port 0 for any free one
   */
  public static UpstreamServer start(Path site, int port, Faults faults, RequestLog log)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    HttpServer http = HttpServer.create(address, BACKLOG);
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    http.createContext("/", new FileHandler(site, faults, log));
    http.setExecutor(threads);
    http.start();
    return new UpstreamServer(http, threads);
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Cuts the open connections. When this returns, no request is served or logged any more. */
  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    threads.close();
  }
}
