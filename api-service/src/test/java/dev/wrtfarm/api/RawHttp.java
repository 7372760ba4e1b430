package dev.wrtfarm.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** Says what the JDK's client will not: any Host. */
public final class RawHttp {
  private final URI root;

  public RawHttp(Farm farm) {
    root = farm.at("/");
  }

  public Answer get(String path, String hostLine) {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout((int) Farm.LIMIT.toMillis());
      String request =
          "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n".formatted(path, hostLine);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      int status = Integer.parseInt(answer.substring(9, 12));
      String[] parts = answer.split("\r\n\r\n", 2);
      String type = parts[0].contains("application/problem+json") ? "application/problem+json" : "";
      return new Answer(
          status,
          HttpHeaders.of(Map.of("content-type", List.of(type)), (name, value) -> true),
          parts[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
