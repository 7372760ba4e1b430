package dev.wrtfarm.worker.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Splits a stream into lines of bounded length, whatever comes. */
final class OutputLines {
  private static final int LONGEST = 64 << 10;

  private OutputLines() {}

  static void read(InputStream stream, Consumer<String> sink) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n' || line.length() >= LONGEST) {
          sink.accept(line.toString());
          line.setLength(0);
        }
        if (c != '\n') {
          line.append((char) c);
        }
      }
      if (!line.isEmpty()) {
        sink.accept(line.toString());
      }
    } catch (IOException e) {
      // the sandbox was killed
    }
  }
}
