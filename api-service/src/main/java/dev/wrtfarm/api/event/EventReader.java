package dev.wrtfarm.api.event;

import dev.wrtfarm.api.offer.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Hears what other replicas tell of builds. Every replica reads everything, from now on: so it
 * takes the partitions itself and belongs to no consumer group, which would share them out,
 * remember offsets, and outlive the replica at the broker.
 */
@ApplicationScoped
class EventReader {
  private static final Logger LOG = Logger.getLogger(EventReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final Replica replica;
  private final Event<HeardOf> heard;
  private final Counter received;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("event-reader").unstarted(this::run);

  EventReader(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Topics topics,
      Replica replica,
      Event<HeardOf> heard,
      MeterRegistry registry) {
    this.kafka = kafka;
    this.topics = topics;
    this.replica = replica;
    this.heard = heard;
    received =
        Counter.builder("wrtfarm.events.received")
            .description("Events of other replicas")
            .register(registry);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    stopped.countDown();
  }

  private void run() {
    try {
      while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        if (topics.areMade()) {
          read();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the topic is in doubt: a broker that lost its data has another one of the same name. */
  private void read() {
    int made = topics.timesMade();
    try (KafkaConsumer<String, String> consumer = consumer()) {
      List<TopicPartition> all =
          consumer.partitionsFor(topics.events()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(all);
      while (stopped.getCount() > 0 && topics.timesMade() == made) {
        consumer.poll(POLL).forEach(this::hear);
      }
    } catch (KafkaException e) {
      LOG.debugf("no events of other replicas for now: %s", e);
    }
  }

  private KafkaConsumer<String, String> consumer() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "wrtfarm-api-events");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  private void hear(ConsumerRecord<String, String> told) {
    if (told.key() != null && !replica.signed(told.headers())) {
      received.increment();
      heard.fire(new HeardOf(told.key()));
    }
  }
}
