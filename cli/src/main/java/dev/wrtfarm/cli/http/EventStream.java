package dev.wrtfarm.cli.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Server-sent events, as far as the farm uses them. An event that did not come whole is none. */
public final class EventStream implements AutoCloseable {
  /** The farm says something every 15 s, if only that it is there. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final String END = "\0";

  private final InputStream in;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(1_000);
  private final Thread reading;

  /**
   * One event.
   *
   * @param id the place in the stream, for whoever asks again
   */
  public record Event(String id, String name, String data) {}

  EventStream(InputStream in) {
    this.in = in;
    this.reading = Thread.ofVirtual().name("events").start(this::read);
  }

  /** Waits for the next event; empty at the end of the stream. */
  public Optional<Event> next() throws IOException, InterruptedException {
    String id = "";
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line = line(); !line.equals(END); line = line()) {
      if (line.startsWith("id:")) {
        id = value(line);
      } else if (line.startsWith("event:")) {
        name = value(line);
      } else if (line.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(value(line));
      } else if (line.isEmpty() && !name.isEmpty()) {
        return Optional.of(new Event(id, name, data.toString()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    reading.interrupt();
    in.close();
  }

  /** A replica that stands still must not keep us: reading has no time limit, waiting does. */
  private String line() throws IOException, InterruptedException {
    String line = lines.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
    if (line == null) {
      throw new IOException("nothing came for %d s".formatted(SILENCE.toSeconds()));
    }
    return line;
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.put(line);
      }
    } catch (IOException e) {
      // It ends here, in whichever way.
    } catch (InterruptedException e) {
      return; // closed: nobody waits
    }
    try {
      lines.put(END);
    } catch (InterruptedException e) {
      // the same
    }
  }

  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
