package dev.wrtfarm.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.FailureReason;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init")
class EventTest extends FarmTest {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "dev.wrtfarm.build.";

  @Inject
  @Identifier("default-kafka-broker")
  Map<String, Object> kafka;

  @ConfigProperty(name = "wrtfarm.topic-prefix")
  String prefix;

  private record Heard(ConsumerRecord<String, String> sent, JsonNode event) {
    String type() {
      return event.get("type").asText();
    }

    String state() {
      return event.at("/data/state").asText();
    }
  }

  /** Any event may be lost, and so may be the last one; then another build's is awaited. */
  @Test
  void what_happens_to_a_build_is_told_as_cloud_events() {
    List<Heard> seen = new ArrayList<>();
    try (KafkaConsumer<String, String> events = events()) {
      Farm.eventually(
          "the end of one of the builds that fail here",
          () -> {
            String build = farm.queue(Farm.anyRecipe()).build().id();
            Held held = worker.claim();
            worker.heartbeat(held);
            worker.log(held, 0, "a line\n");
            worker.fail(held, FailureReason.PACKAGE_MISSING);
            seen.clear();
            seen.addAll(untilEnd(events, build));
            return !seen.isEmpty() && seen.getLast().state().equals("FAILED");
          });
    }
    assertThat(seen).allSatisfy(EventTest::checkForm);
    assertThat(seen).extracting(each -> each.event().get("id").asText()).doesNotHaveDuplicates();
    assertThat(List.of(TYPE + "state", TYPE + "stage", TYPE + "log", TYPE + "state"))
        .containsSubsequence(seen.stream().map(Heard::type).toList());
    assertThat(seen.getLast().event().at("/data/change").asText()).isEqualTo("FAIL");
    assertThat(seen.getLast().event().at("/data/reason").asText()).isEqualTo("PACKAGE_MISSING");
    Farm.eventually("the counter", () -> metric("wrtfarm_events_sent_total{type=\"state\"}") >= 1);
  }

  private static void checkForm(Heard each) {
    assertThat(each.event().get("specversion").asText()).isEqualTo("1.0");
    assertThat(each.event().get("subject").asText()).isEqualTo(each.sent().key());
    assertThat(each.event().get("source").asText()).isEqualTo("/api/v2/builds");
    assertThat(each.event().get("datacontenttype").asText()).isEqualTo("application/json");
    assertThat(Instant.parse(each.event().get("time").asText())).isBefore(Instant.now());
    // Structured mode: the record's headers say so, and hold no attribute a second time.
    assertThat(each.sent().headers().lastHeader("content-type").value())
        .asString()
        .isEqualTo("application/cloudevents+json; charset=UTF-8");
    assertThat(each.sent().headers())
        .noneSatisfy(header -> assertThat(header.key()).startsWith("ce_"));
  }

  @Test
  void events_of_other_replicas_are_heard() {
    try (KafkaProducer<String, String> other =
        new KafkaProducer<>(new HashMap<>(kafka), new StringSerializer(), new StringSerializer())) {
      Farm.eventually(
          "an event of another replica is heard",
          () -> {
            other.send(new ProducerRecord<>(prefix + ".build.events", "b-any", "{}"));
            other.flush();
            return metric("wrtfarm_events_received_total") >= 1;
          });
    }
  }

  private List<Heard> untilEnd(KafkaConsumer<String, String> events, String build) {
    List<Heard> seen = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      events
          .poll(POLL)
          .records(prefix + ".build.events")
          .forEach(each -> {
            if (each.key().equals(build)) {
              seen.add(new Heard(each, json(each.value())));
            }
          });
      if (seen.stream().anyMatch(each -> each.state().equals("FAILED"))) {
        return seen;
      }
    }
    return seen;
  }

  private KafkaConsumer<String, String> events() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put("auto.offset.reset", "earliest");
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    Farm.eventually(
        "the topic of events", () -> !consumer.partitionsFor(prefix + ".build.events").isEmpty());
    consumer.assign(
        consumer.partitionsFor(prefix + ".build.events").stream()
            .map(each -> new TopicPartition(each.topic(), each.partition()))
            .toList());
    return consumer;
  }

  private double metric(String name) {
    return farm.get("/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(0);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
