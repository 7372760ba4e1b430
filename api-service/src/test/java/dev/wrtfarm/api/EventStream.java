package dev.wrtfarm.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A build's server-sent events, read as a browser reads them. */
public final class EventStream implements AutoCloseable {
  /** One event; its data is JSON. */
  public record Event(String id, String name, JsonNode data) {
    public String text() {
      return data.path("text").asText();
    }
  }

  private final InputStream body;

  /** Empty: the stream ended. */
  private final BlockingQueue<Optional<Event>> events = new LinkedBlockingQueue<>();

  private EventStream(InputStream body) {
    this.body = body;
    Thread.ofVirtual().start(this::read);
  }

  public static EventStream open(Farm farm, String build) {
    return open(farm, build, "");
  }

  /**
   * @param after the id of the last event that was read, or nothing
   */
  public static EventStream open(Farm farm, String build, String after) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(farm.at("/api/v2/builds/" + build + "/events"))
            .header("Accept", "text/event-stream");
    return open(after.isEmpty() ? request : request.header("Last-Event-ID", after));
  }

  public static EventStream open(HttpRequest.Builder request) {
    try {
      HttpResponse<InputStream> answer =
          Farm.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      return new EventStream(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
      Map<String, String> fields = new HashMap<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          fields.merge(
              line.substring(0, colon), line.substring(colon + 1).stripLeading(), String::concat);
        } else if (line.isEmpty() && fields.containsKey("data")) {
          events.add(Optional.of(event(fields)));
          fields.clear();
        }
      }
    } catch (IOException e) {
      // Closed, by either side.
    } finally {
      events.add(Optional.empty());
    }
  }

  private static Event event(Map<String, String> fields) {
    try {
      return new Event(
          fields.getOrDefault("id", ""),
          fields.getOrDefault("event", ""),
          Answer.JSON.readTree(fields.getOrDefault("data", "")));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next event; empty when the stream has ended. */
  public Optional<Event> next() {
    try {
      Optional<Event> next = events.poll(Farm.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(next).as("an event, or the end of the stream").isNotNull();
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next event of this name; those before it are passed over. */
  public Event next(String name) {
    Event event;
    do {
      event = next().orElseThrow(() -> new AssertionError("the stream ended before: " + name));
    } while (!event.name().equals(name));
    return event;
  }

  /** All that comes until the stream ends. */
  public List<Event> rest() {
    List<Event> rest = new ArrayList<>();
    for (Optional<Event> each = next(); each.isPresent(); each = next()) {
      rest.add(each.get());
    }
    return rest;
  }

  public static String log(List<Event> events) {
    return events.stream()
        .filter(each -> each.name().equals("log"))
        .map(Event::text)
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
