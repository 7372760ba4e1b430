package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.common.offer.Offer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The reference of dispatch: a record through a share group of its own, and nothing else. */
final class BareOffers implements AutoCloseable {
  private static final String PREFIX = "bare";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final KafkaProducer<byte[], byte[]> producer;
  private final Offers offers;
  private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
  private final Thread thread =
      Thread.ofPlatform().name("bare-offers").daemon().unstarted(this::run);
  private volatile boolean stopping;

  private BareOffers(Stack stack) {
    Map<String, Object> config = new HashMap<>(Offers.connection(stack));
    config.put("linger.ms", 0);
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    producer = new KafkaProducer<>(config);
    offers = new Offers(stack, "bare", PREFIX);
  }

  static BareOffers start(Stack stack) {
    makeTopic(stack);
    BareOffers bare = new BareOffers(stack);
    bare.thread.start();
    return bare;
  }

  /** From the send until the group's member has it. */
  long roundTrip() {
    long sent = System.nanoTime();
    producer.send(new ProducerRecord<>(Offer.topic(PREFIX), new byte[50]));
    try {
      Long at = arrivals.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (at == null) {
        throw new BenchFailed("a record did not arrive within " + LIMIT);
      }
      return at - sent;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
  }

  private void run() {
    try (offers) {
      while (!stopping) {
        if (offers.await(LIMIT)) {
          arrivals.add(System.nanoTime());
          offers.accept();
        }
      }
    }
  }

  private static void makeTopic(Stack stack) {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Offer.group(PREFIX));
    AlterConfigOp earliest =
        new AlterConfigOp(
            new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Offers.connection(stack))) {
      admin
          .createTopics(
              List.of(new NewTopic(Offer.topic(PREFIX), Optional.of(1), Optional.empty())))
          .all()
          .get();
      admin.incrementalAlterConfigs(Map.of(group, List.of(earliest))).all().get();
    } catch (ExecutionException e) {
      throw new BenchFailed("the reference's topic cannot be made: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
  }

  @Override
  public void close() {
    stopping = true;
    offers.wake();
    try {
      thread.join(LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(1));
  }
}
