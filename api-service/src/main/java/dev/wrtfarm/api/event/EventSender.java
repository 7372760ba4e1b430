package dev.wrtfarm.api.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.offer.Topics;
import dev.wrtfarm.api.tick.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Sends events to Kafka, keyed by build. While the topic is not there they wait, and the oldest
 * make room: an event is never waited for.
 */
@ApplicationScoped
class EventSender {
  private static final Logger LOG = Logger.getLogger(EventSender.class);
  private static final String SENT = "sent";
  private static final String DROPPED = "dropped";
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_UNDER_WAY = 500;
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private record Waiting(BuildEvent event, String json) {}

  private final LinkedBlockingDeque<Waiting> waiting = new LinkedBlockingDeque<>(MOST_WAITING);
  private final Semaphore room = new Semaphore(MOST_UNDER_WAY);
  private final Topics topics;
  private final Replica replica;
  private final Emitter<String> emitter;
  private final ObjectMapper json;
  private final MeterRegistry registry;
  private final Ticker ticker = new Ticker("events", INTERVAL, this::tick);

  EventSender(
      Topics topics,
      Replica replica,
      @Channel("build-events")
          @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 2 * MOST_UNDER_WAY)
          Emitter<String> emitter,
      ObjectMapper json,
      MeterRegistry registry) {
    this.topics = topics;
    this.replica = replica;
    this.emitter = emitter;
    this.json = json;
    this.registry = registry;
    BuildEvent.KINDS.forEach(kind -> count(SENT, kind, 0));
    BuildEvent.KINDS.forEach(kind -> count(DROPPED, kind, 0));
  }

  void start(@Observes StartupEvent event) {
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  /** Returns at once. */
  void send(BuildEvent event) {
    Waiting last = new Waiting(event, text(event));
    while (!waiting.offerLast(last)) {
      Waiting oldest = waiting.pollFirst();
      if (oldest != null) {
        count(DROPPED, oldest.event().kind(), 1);
      }
    }
    ticker.wake();
  }

  private String text(BuildEvent event) {
    try {
      return json.writeValueAsString(event.members());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event always has a JSON form", e);
    }
  }

  private void tick() {
    while (topics.areMade() && !waiting.isEmpty() && room.tryAcquire()) {
      Waiting next = waiting.pollFirst();
      if (next == null) {
        room.release();
        return;
      }
      try {
        emitter.send(message(next));
      } catch (IllegalStateException e) {
        lost(next.event(), e);
      }
    }
  }

  private Message<String> message(Waiting next) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("content-type", BuildEvent.CONTENT_TYPE.getBytes(StandardCharsets.US_ASCII));
    replica.sign(headers);
    return Message.of(next.json(), () -> sent(next.event()), failure -> lost(next.event(), failure))
        .addMetadata(
            OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(next.event().build())
                .withHeaders(headers)
                .build());
  }

  private CompletionStage<Void> sent(BuildEvent event) {
    count(SENT, event.kind(), 1);
    return over();
  }

  private CompletionStage<Void> lost(BuildEvent event, Throwable failure) {
    LOG.debugf("an event of build %s was lost: %s", event.build(), failure);
    count(DROPPED, event.kind(), 1);
    topics.doubt();
    return over();
  }

  private CompletionStage<Void> over() {
    room.release();
    if (!waiting.isEmpty()) {
      ticker.wake();
    }
    return CompletableFuture.completedFuture(null);
  }

  private void count(String what, String kind, int events) {
    registry.counter("wrtfarm.events." + what, "type", kind).increment(events);
  }
}
