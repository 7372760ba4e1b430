package dev.wrtfarm.worker.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wrtfarm.worker.feed.Delivery.Delivered;
import dev.wrtfarm.worker.feed.Delivery.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small HTTP server on a unix socket, one per attempt, so that no attempt reaches another's
 * feeds. GET and HEAD, one request per connection: that is all that wget asks for.
 */
public final class FeedProxy implements AutoCloseable {
  // Each holds a descriptor of the worker, which serves other builds too.
  private static final int MOST_CLIENTS = 64;
  private static final int LONGEST_HEAD = 8 << 10;
  private static final Pattern REQUEST = Pattern.compile("(GET|HEAD) (\\S+) HTTP/1\\.[01]");
  private static final String HEAD_END = "\r\n\r\n";

  private final ServerSocketChannel server;
  private final Path socket;
  private final AttemptFeeds feeds;
  private final Semaphore clients = new Semaphore(MOST_CLIENTS);

  private FeedProxy(ServerSocketChannel server, Path socket, AttemptFeeds feeds) {
    this.server = server;
    this.socket = socket;
    this.feeds = feeds;
  }

  /** Serves until closed. */
  public static FeedProxy open(Path socket, AttemptFeeds feeds) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
      FeedProxy proxy = new FeedProxy(server, socket, feeds);
      Thread.ofVirtual().name("feed-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + socket, e);
    }
  }

  public Path socket() {
    return socket;
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (server.isOpen()) {
      clients.acquireUninterruptibly();
      try {
        SocketChannel client = server.accept();
        Thread.ofVirtual().name("feed-proxy-client").start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      InputStream in = Channels.newInputStream(client);
      OutputStream out = Channels.newOutputStream(client);
      Matcher request = REQUEST.matcher(firstLine(in));
      if (!request.matches()) {
        answer(out, 405, "only GET and HEAD");
        return;
      }
      Optional<Delivery> delivery = feeds.deliver(request.group(2));
      boolean body = request.group(1).equals("GET");
      if (delivery.isEmpty()) {
        answer(out, 403, "below no feed of this build");
        return;
      }
      switch (delivery.get()) {
        case Delivered found -> send(out, found, body);
        case Failed failed -> answer(out, failed.status() >= 400 ? failed.status() : 502, "");
      }
    } catch (IOException e) {
      // the client went away
    } finally {
      clients.release();
    }
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < LONGEST_HEAD && !ended(head)) {
      int c = in.read();
      if (c < 0) {
        break;
      }
      head.append((char) c);
    }
    int end = head.indexOf("\r\n");
    return end < 0 ? "" : head.substring(0, end);
  }

  private static boolean ended(StringBuilder head) {
    int from = Math.max(0, head.length() - HEAD_END.length());
    return head.indexOf(HEAD_END, from) >= 0;
  }

  private static void send(OutputStream out, Delivered found, boolean body) throws IOException {
    out.write(head(200, found.size()));
    if (body) {
      Files.copy(found.file(), out);
    }
  }

  private static void answer(OutputStream out, int status, String text) throws IOException {
    byte[] body = text.getBytes(ISO_8859_1);
    out.write(head(status, body.length));
    out.write(body);
  }

  private static byte[] head(int status, long length) {
    return "HTTP/1.1 %d -\r\nContent-Length: %d\r\nConnection: close%s"
        .formatted(status, length, HEAD_END)
        .getBytes(ISO_8859_1);
  }
}
