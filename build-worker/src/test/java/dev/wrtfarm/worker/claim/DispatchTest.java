package dev.wrtfarm.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.offer.Offer;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.testing.Parts;
import dev.wrtfarm.worker.testing.Eventually;
import dev.wrtfarm.worker.testing.RunningWorker;
import dev.wrtfarm.worker.testing.SampleServer;
import dev.wrtfarm.worker.testing.StandInFarm;
import dev.wrtfarm.worker.testing.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker; builds that end at once, because upstream has no such release. */
class DispatchTest {
  private static final Recipe UNKNOWN = Recipe.of("19.07.1", "x86/64", "generic");
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration OFTEN = Duration.ofMillis(100);

  @TempDir static Path dir;
  private static Parts parts;
  private static Map<String, Object> kafka;
  private static SampleServer server;
  private Workshop workshop;
  private StandInFarm farm;

  @BeforeAll
  static void startParts() throws Exception {
    server = SampleServer.start(dir);
    parts = Parts.start();
    kafka = new HashMap<>();
    parts
        .configuration()
        .forEach((key, value) -> {
          if (key.startsWith("kafka.")) {
            kafka.put(key.substring("kafka.".length()), value);
          }
        });
    try (Admin admin = Admin.create(kafka)) {
      String topic = Offer.topic(RunningWorker.TOPIC_PREFIX);
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(
                      ConfigResource.Type.GROUP, Offer.group(RunningWorker.TOPIC_PREFIX)),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("share.auto.offset.reset", "earliest"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  @AfterAll
  static void stopParts() {
    parts.close();
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    farm = new StandInFarm();
    workshop = new Workshop(server.url());
  }

  @AfterEach
  void close() {
    farm.close();
    workshop.close();
  }

  @Test
  void an_offer_brings_a_worker_that_never_asks_on_its_own() throws Exception {
    assertOffersArrive();
  }

  private void assertOffersArrive() throws Exception {
    try (RunningWorker worker = worker(NEVER)) {
      awaitFirstQuestion();
      farm.offers("build-1", UNKNOWN);
      offer("build-1");
      assertThat(worker.outcome()).isEqualTo("failed_user");
    }
  }

  @Test
  void a_claim_that_brought_a_build_is_followed_by_another() throws Exception {
    try (RunningWorker worker = worker(NEVER)) {
      awaitFirstQuestion();
      farm.offers("build-1", UNKNOWN);
      farm.offers("build-2", UNKNOWN);
      offer("build-1");
      assertThat(worker.outcome()).isEqualTo("failed_user");
      assertThat(worker.outcome()).isEqualTo("failed_user");
    }
  }

  @Test
  void a_lost_offer_costs_only_the_time_until_the_worker_asks() throws Exception {
    try (RunningWorker worker = worker(OFTEN)) {
      farm.offers("build-1", UNKNOWN);
      assertThat(worker.outcome()).isEqualTo("failed_user");
    }
  }

  @Test
  void an_api_that_is_away_costs_no_offer_and_no_build() throws Exception {
    try (RunningWorker worker = worker(NEVER)) {
      awaitFirstQuestion();
      farm.breaks("claim", 503);
      farm.offers("build-1", UNKNOWN);
      int before = farm.calls("claim").size();
      long begun = System.nanoTime();
      offer("build-1");
      Eventually.holds(
          "the worker asks again after a while",
          Duration.ofSeconds(30),
          () -> farm.calls("claim").size() >= before + 2);
      int asked = farm.calls("claim").size() - before;
      // The pauses grow to at least this one, however long we took to look.
      long pauses = Duration.ofNanos(System.nanoTime() - begun).dividedBy(Workshop.LONG_PAUSE);
      assertThat(asked).isLessThanOrEqualTo(5 + (int) pauses);
      assertThat(
              farm.calls("claim").stream()
                  .skip(before)
                  .map(call -> call.body().path("nonce").asText())
                  .distinct())
          .as("a claim whose answer may be lost is repeated, not made anew")
          .hasSize(1);
      farm.breaks("claim", 0);
      assertThat(worker.outcome()).isEqualTo("failed_user");
    }
  }

  @Test
  void a_question_that_was_answered_is_never_asked_again() throws Exception {
    try (RunningWorker worker = worker(OFTEN)) {
      Eventually.holds(
          "the worker asks on its own",
          Duration.ofSeconds(30),
          () -> farm.calls("claim").size() >= 3);
      assertThat(farm.calls("claim").stream().map(call -> call.body().path("nonce").asText()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void a_broker_that_dies_is_no_end_and_its_return_is_noticed() throws Exception {
    try (RunningWorker worker = worker(OFTEN)) {
      Eventually.holds("offers can arrive", Duration.ofSeconds(60), worker::hearsOffers);
      parts.kill();
      Eventually.holds("no offers", Duration.ofSeconds(60), () -> !worker.hearsOffers());
      farm.offers("build-1", UNKNOWN);
      assertThat(worker.outcome()).isEqualTo("failed_user");
      parts.restart();
      Eventually.holds("offers again", Duration.ofSeconds(90), worker::hearsOffers);
    }
    assertOffersArrive();
  }

  private RunningWorker worker(Duration idlePoll) throws IOException {
    return new RunningWorker(farm, workshop, dir, idlePoll, Optional.of(kafka));
  }

  private void awaitFirstQuestion() throws Exception {
    Eventually.holds(
        "the worker asks", Duration.ofSeconds(60), () -> !farm.calls("claim").isEmpty());
  }

  private static void offer(String build) throws InterruptedException, ExecutionException {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
      String topic = Offer.topic(RunningWorker.TOPIC_PREFIX);
      producer.send(new ProducerRecord<>(topic, build, "{\"build\":\"" + build + "\"}")).get();
    }
  }
}
