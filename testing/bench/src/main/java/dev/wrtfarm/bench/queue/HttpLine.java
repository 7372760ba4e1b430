package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.process.BenchFailed;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP/1.1 connection that stays open. It does no more than the farm's answers need, because it
 * shares the cores with what is measured.
 */
final class HttpLine implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final String LENGTH = "content-length:";

  /** An answer as it came. */
  record Answer(int status, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String head;

  private HttpLine(Socket socket, String head) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    this.head = head;
  }

  /**
   * @param token sent with each request; empty for none
   */
  static HttpLine to(URI server, String token) {
    String head =
        " HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%s"
            .formatted(
                server.getAuthority(),
                token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
    try {
      Socket socket = new Socket(server.getHost(), server.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return new HttpLine(socket, head);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  Answer get(String path) {
    return exchange("GET " + path + head + "\r\n", new byte[0]);
  }

  Answer post(String path, byte[] body) {
    return exchange("POST " + path + head + "Content-Length: " + body.length + "\r\n\r\n", body);
  }

  private Answer exchange(String before, byte[] body) {
    byte[] start = before.getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    try {
      out.write(request);
      return answer();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Answer answer() throws IOException {
    String first = line();
    int status = Integer.parseInt(first.substring(9, 12));
    int length = 0;
    for (String each = line(); !each.isEmpty(); each = line()) {
      if (each.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(each.substring(LENGTH.length()).strip());
      }
    }
    return new Answer(status, in.readNBytes(length));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = in.read(); each != '\n'; each = in.read()) {
      if (each < 0) {
        throw new IOException("the connection was closed");
      }
      if (each != '\r') {
        line.write(each);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static BenchFailed failed(IOException e) {
    return new BenchFailed("the api did not answer: " + e, e);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
