package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.offer.Offer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Offers by a Kafka share group. The consumer takes one record per poll and gives it back at once
 * with an acknowledgement, so no record is ever held while a build runs. A broker that is away is
 * no error: the worker asks the farm on its own meanwhile.
 */
final class KafkaOffers implements Offers {
  private static final Logger LOG = Logger.getLogger(KafkaOffers.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final String CONNECTIONS = "connection-count";

  // A worker polls only with a free slot, so the time between polls has no bound of its own.
  private static final String NEVER = Integer.toString(Integer.MAX_VALUE);

  private final Map<String, Object> config;
  private final String topic;
  private final Object monitor = new Object();
  private @Nullable KafkaShareConsumer<byte[], byte[]> consumer;
  private @Nullable ConsumerRecord<byte[], byte[]> held;
  private boolean complained;
  private volatile boolean woken;

  /**
   * @param connection how to reach and convince the broker
   */
  KafkaOffers(Map<String, Object> connection, String worker, String topicPrefix) {
    Map<String, Object> all = new HashMap<>(connection);
    all.put("client.id", worker);
    all.put("group.id", Offer.group(topicPrefix));
    all.put("share.acknowledgement.mode", "explicit");
    all.put("share.acquire.mode", "record_limit");
    all.put("max.poll.records", "1");
    all.put("max.poll.interval.ms", NEVER);
    all.put("key.deserializer", ByteArrayDeserializer.class);
    all.put("value.deserializer", ByteArrayDeserializer.class);
    // Share consumers refuse these, which a shared configuration may carry.
    List.of("auto.offset.reset", "enable.auto.commit", "group.protocol").forEach(all::remove);
    this.config = Map.copyOf(all);
    this.topic = Offer.topic(topicPrefix);
  }

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    try {
      ConsumerRecords<byte[], byte[]> records = opened().poll(atMost);
      held = records.isEmpty() ? null : records.iterator().next();
      if (complained && held != null) {
        complained = false;
        LOG.info("offers arrive again");
      }
      return held != null;
    } catch (WakeupException e) {
      return false;
    } catch (InterruptException e) {
      Thread.interrupted(); // the client sets it again
      throw new InterruptedException("while waiting for an offer");
    } catch (KafkaException | IllegalStateException e) {
      complain(e);
      disconnect();
      pause(atMost.compareTo(PAUSE) < 0 ? atMost : PAUSE);
      return false;
    }
  }

  @Override
  public void accept() {
    acknowledge(AcknowledgeType.ACCEPT);
  }

  @Override
  public void release() {
    acknowledge(AcknowledgeType.RELEASE);
  }

  /** The client itself says nothing about a broker that goes; it counts its connections. */
  @Override
  public boolean connected() {
    KafkaShareConsumer<byte[], byte[]> open;
    synchronized (monitor) {
      open = consumer;
    }
    return open != null
        && open.metrics().entrySet().stream()
            .filter(each -> each.getKey().name().equals(CONNECTIONS))
            .anyMatch(
                each -> each.getValue().metricValue() instanceof Number n && n.intValue() > 0);
  }

  @Override
  public void wake() {
    synchronized (monitor) {
      woken = true;
      monitor.notifyAll();
      if (consumer != null) {
        consumer.wakeup();
      }
    }
  }

  @Override
  public void close() {
    disconnect();
  }

  private void acknowledge(AcknowledgeType type) {
    ConsumerRecord<byte[], byte[]> record = held;
    KafkaShareConsumer<byte[], byte[]> open = consumer;
    held = null;
    if (record == null || open == null) {
      return;
    }
    try {
      open.acknowledge(record, type);
      perPartition(open.commitSync(Duration.ofSeconds(5)).values());
    } catch (KafkaException | IllegalStateException e) {
      complain(e); // the broker gives the record out again; a second offer is harmless
      disconnect();
    }
  }

  private void perPartition(Iterable<? extends java.util.Optional<KafkaException>> results) {
    Consumer<KafkaException> say = this::complain;
    results.forEach(each -> each.ifPresent(say));
  }

  private KafkaShareConsumer<byte[], byte[]> opened() {
    synchronized (monitor) {
      if (consumer == null) {
        consumer = new KafkaShareConsumer<>(config);
        consumer.subscribe(List.of(topic));
      }
      return consumer;
    }
  }

  private void disconnect() {
    KafkaShareConsumer<byte[], byte[]> open;
    synchronized (monitor) {
      open = consumer;
      consumer = null;
    }
    held = null;
    if (open != null) {
      try {
        open.close(CLOSE);
      } catch (KafkaException e) {
        LOG.debugf("closing the share consumer: %s", e.getMessage());
      }
    }
  }

  private void pause(Duration time) throws InterruptedException {
    synchronized (monitor) {
      long deadline = System.nanoTime() + time.toNanos();
      while (!woken && System.nanoTime() < deadline) {
        monitor.wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      }
      woken = false;
    }
  }

  private void complain(Exception e) {
    if (!complained) {
      complained = true;
      LOG.warnf("no offers from Kafka, the worker asks the farm instead: %s", e.getMessage());
    }
  }
}
