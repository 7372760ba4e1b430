package dev.wrtfarm.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minio.GetObjectArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartsTest {
  private static final long SECONDS = 120;

  private final Parts parts = Parts.start();

  @AfterAll
  void close() {
    parts.close();
  }

  @Test
  void each_space_has_an_empty_database_a_bucket_name_and_a_topic_prefix() throws Exception {
    PartsClient one = new PartsClient(FreshSpace.in(parts.configuration()));
    PartsClient other = new PartsClient(FreshSpace.in(parts.configuration()));
    one.execute("CREATE TABLE mine AS SELECT 1");
    other.execute("CREATE TABLE mine AS SELECT 2");
    for (String key :
        List.of("quarkus.datasource.jdbc.url", "wrtfarm.s3.bucket", "wrtfarm.topic-prefix")) {
      assertThat(one.value(key)).isNotEqualTo(other.value(key));
    }
  }

  @Test
  void a_share_consumer_gets_a_record() throws Exception {
    PartsClient client = new PartsClient(FreshSpace.in(parts.configuration()));
    String topic = client.value("wrtfarm.topic-prefix") + ".offers";
    prepare(client, topic, "workers");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            client.kafka(Map.of()), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, "a build")).get(SECONDS, TimeUnit.SECONDS);
    }
    assertThat(receiveOne(client, topic, "workers")).containsExactly("a build");
  }

  @Test
  void an_object_comes_back() throws Exception {
    PartsClient client = new PartsClient(FreshSpace.in(parts.configuration()));
    String bucket = client.value("wrtfarm.s3.bucket");
    byte[] content = "an image".getBytes(UTF_8);
    try (MinioClient s3 =
        MinioClient.builder()
            .endpoint(client.value("wrtfarm.s3.endpoint"))
            .region(client.value("wrtfarm.s3.region"))
            .credentials(
                client.value("wrtfarm.s3.access-key"), client.value("wrtfarm.s3.secret-key"))
            .build()) {
      s3.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
      s3.putObject(
          PutObjectArgs.builder()
              .bucket(bucket)
              .object("image")
              .data(content, content.length)
              .build());
      try (InputStream object =
          s3.getObject(GetObjectArgs.builder().bucket(bucket).object("image").build())) {
        assertThat(object.readAllBytes()).isEqualTo(content);
      }
    }
  }

  @Test
  void what_was_committed_survives_a_kill() throws Exception {
    PartsClient client = new PartsClient(FreshSpace.in(parts.configuration()));
    client.execute("CREATE TABLE kept AS SELECT 'a row' AS value");
    parts.kill();
    assertThatThrownBy(() -> client.queryImpatiently("SELECT 1")).isInstanceOf(SQLException.class);
    parts.loseBrokerData();
    parts.restart();
    assertThat(client.query("SELECT value FROM kept")).isEqualTo("a row");
    prepare(client, "after-the-loss", "nobody");
  }

  @Test
  void paused_parts_are_silent_until_they_are_resumed() throws Exception {
    PartsClient client = new PartsClient(FreshSpace.in(parts.configuration()));
    parts.pauseDatabase();
    assertThatThrownBy(() -> client.queryImpatiently("SELECT 1")).isInstanceOf(SQLException.class);
    parts.resume();
    assertThat(client.query("SELECT 1")).isEqualTo("1");
    parts.pause();
    assertThatThrownBy(() -> client.queryImpatiently("SELECT 1")).isInstanceOf(SQLException.class);
    parts.resume();
    assertThat(client.query("SELECT 1")).isEqualTo("1");
  }

  private static void prepare(PartsClient client, String topic, String group) throws Exception {
    try (Admin admin = Admin.create(client.kafka(Map.of()))) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, group),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("share.auto.offset.reset", "earliest"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
    }
  }

  private static List<String> receiveOne(PartsClient client, String topic, String group) {
    Map<String, Object> settings =
        client.kafka(
            Map.of(
                "group.id", group,
                "share.acknowledgement.mode", "explicit",
                "share.acquire.mode", "record_limit",
                "max.poll.records", "1"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    List<String> values = new ArrayList<>();
    try (KafkaShareConsumer<String, String> consumer =
        new KafkaShareConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      while (values.isEmpty() && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(500))) {
          values.add(each.value());
          consumer.acknowledge(each, AcknowledgeType.ACCEPT);
        }
        assertThat(consumer.commitSync().values()).allMatch(Optional::isEmpty);
      }
    }
    return values;
  }
}
