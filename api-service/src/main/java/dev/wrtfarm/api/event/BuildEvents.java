package dev.wrtfarm.api.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.build.BuildChanged;
import dev.wrtfarm.api.lease.StageReached;
import dev.wrtfarm.api.log.LogGrown;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Tells the world what happened to builds, as CloudEvents keyed by build, after the commit. Events
 * are gossip: they may be lost, and they never hold up or fail a build.
 */
@ApplicationScoped
class BuildEvents {
  private static final Logger LOG = Logger.getLogger(BuildEvents.class);
  private static final String TYPE = "dev.wrtfarm.build.";

  private final Emitter<String> emitter;
  private final ObjectMapper json;

  BuildEvents(
      @Channel("build-events") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 2000)
          Emitter<String> emitter,
      ObjectMapper json) {
    this.emitter = emitter;
    this.json = json;
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) BuildChanged change) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("state", change.transition().to());
    data.put("change", change.transition());
    if (change.reason() != null) {
      data.put("reason", change.reason());
    }
    send("state", change.build(), data);
  }

  void stage(@Observes(during = TransactionPhase.AFTER_SUCCESS) StageReached reached) {
    send("stage", reached.build(), Map.of("stage", reached.stage()));
  }

  void log(@Observes(during = TransactionPhase.AFTER_SUCCESS) LogGrown grown) {
    send("log", grown.build(), Map.of("attempt", grown.attempt(), "sequence", grown.sequence()));
  }

  private void send(String type, String build, Map<String, Object> data) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("specversion", "1.0");
    event.put("id", UUID.randomUUID().toString());
    event.put("source", "/api/v2/builds");
    event.put("type", TYPE + type);
    event.put("subject", build);
    event.put("time", Instant.now());
    event.put("datacontenttype", "application/json");
    event.put("data", data);
    try {
      emitter.send(message(build, json.writeValueAsString(event)));
    } catch (JsonProcessingException | IllegalStateException e) {
      // The buffer is full: the broker is away.
      LOG.debugf("an event of build %s was dropped: %s", build, e);
    }
  }

  private static Message<String> message(String build, String event) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(
        "content-type",
        "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.US_ASCII));
    return Message.of(
            event,
            () -> CompletableFuture.completedFuture(null),
            failure -> CompletableFuture.completedFuture(null))
        .addMetadata(
            OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(build)
                .withHeaders(headers)
                .build());
  }
}
