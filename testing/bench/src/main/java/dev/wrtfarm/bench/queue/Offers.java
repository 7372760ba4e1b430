package dev.wrtfarm.bench.queue;

import dev.wrtfarm.common.offer.Offer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** A member of a share group with the settings and the habits of a worker. */
final class Offers implements AutoCloseable {
  private final KafkaShareConsumer<byte[], byte[]> consumer;
  private @Nullable ConsumerRecord<byte[], byte[]> held;

  /**
   * @param stack whose topic prefix names topic and group
   */
  Offers(Stack stack, String worker) {
    this(stack, worker, stack.value("wrtfarm.topic-prefix"));
  }

  Offers(Stack stack, String worker, String prefix) {
    Map<String, Object> config = connection(stack);
    config.put("client.id", worker);
    config.put("group.id", Offer.group(prefix));
    config.put("share.acknowledgement.mode", "explicit");
    config.put("share.acquire.mode", "record_limit");
    config.put("max.poll.records", "1");
    config.put("max.poll.interval.ms", Integer.toString(Integer.MAX_VALUE));
    config.put("key.deserializer", ByteArrayDeserializer.class);
    config.put("value.deserializer", ByteArrayDeserializer.class);
    consumer = new KafkaShareConsumer<>(config);
    consumer.subscribe(List.of(Offer.topic(prefix)));
  }

  static Map<String, Object> connection(Stack stack) {
    Map<String, Object> config = new HashMap<>();
    stack
        .endpoints()
        .forEach((key, value) -> {
          if (key.startsWith("kafka.")) {
            config.put(key.substring("kafka.".length()), value);
          }
        });
    return config;
  }

  boolean await(Duration atMost) {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
      held = records.isEmpty() ? null : records.iterator().next();
      return held != null;
    } catch (WakeupException e) {
      return false;
    }
  }

  void accept() {
    ConsumerRecord<byte[], byte[]> record = held;
    held = null;
    if (record != null) {
      consumer.acknowledge(record, AcknowledgeType.ACCEPT);
      consumer.commitSync(Duration.ofSeconds(5));
    }
  }

  /** From any thread: ends a wait. */
  void wake() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(Duration.ofSeconds(1));
  }
}
