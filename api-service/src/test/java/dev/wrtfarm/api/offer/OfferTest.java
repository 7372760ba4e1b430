package dev.wrtfarm.api.offer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.offer.Offer;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init")
class OfferTest extends FarmTest {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject
  @Identifier("default-kafka-broker")
  Map<String, Object> kafka;

  @ConfigProperty(name = "wrtfarm.topic-prefix")
  String prefix;

  @Test
  void an_offer_arrives_for_each_build_and_for_each_retry() {
    String build = farm.queue(Farm.anyRecipe()).build().id();
    try (KafkaShareConsumer<String, String> offers =
        new KafkaShareConsumer<>(
            settings(
                Map.of(
                    "group.id", Offer.group(prefix),
                    "share.acknowledgement.mode", "explicit",
                    "share.acquire.mode", "record_limit",
                    "max.poll.records", "1")),
            new StringDeserializer(),
            new StringDeserializer())) {
      offers.subscribe(List.of(Offer.topic(prefix)));
      // Sent before the group's first member: the group begins at the earliest record.
      awaitOffer(offers, build);
      worker.fail(worker.claim(), FailureReason.DISK_FULL);
      sql("update build set offer_at = now()");
      awaitOffer(offers, build);
    }
    // It arrives before it is noted as sent.
    awaitOffersSent();
  }

  private static void awaitOffer(KafkaShareConsumer<String, String> offers, String build) {
    List<String> seen = new ArrayList<>();
    Farm.eventually(
        "an offer of " + build,
        () -> {
          for (ConsumerRecord<String, String> each : offers.poll(POLL)) {
            offers.acknowledge(each, AcknowledgeType.ACCEPT);
            seen.add(json(each.value()).get("build").asText());
          }
          offers.commitSync();
          return seen.contains(build);
        });
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Object> settings(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.putAll(more);
    return settings;
  }
}
