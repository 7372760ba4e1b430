package dev.wrtfarm.stack;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Uses the three parts as a service would, knowing the endpoints only. */
record StackClient(Map<String, String> endpoints) {
  private static final int SECONDS = 60;

  StackClient with(String key, String value) {
    Map<String, String> changed = new HashMap<>(endpoints);
    changed.put(key, value);
    return new StackClient(changed);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        value("quarkus.datasource.jdbc.url"),
        value("quarkus.datasource.username"),
        value("quarkus.datasource.password"));
  }

  void put(String name, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (MinioClient client = s3()) {
      client.putObject(
          PutObjectArgs.builder()
              .bucket(value("wrtfarm.s3.bucket"))
              .object(name)
              .data(bytes, bytes.length)
              .build());
    }
  }

  String get(String name) throws Exception {
    try (MinioClient client = s3();
        InputStream object =
            client.getObject(
                GetObjectArgs.builder().bucket(value("wrtfarm.s3.bucket")).object(name).build())) {
      return new String(object.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private MinioClient s3() {
    return MinioClient.builder()
        .endpoint(value("wrtfarm.s3.endpoint"))
        .region(value("wrtfarm.s3.region"))
        .credentials(value("wrtfarm.s3.access-key"), value("wrtfarm.s3.secret-key"))
        .build();
  }

  /** Asks the controller, whose port is no client's business, with a client's password. */
  void describeController() throws Exception {
    Map<String, Object> settings = kafka();
    settings.remove("bootstrap.servers");
    try (Admin admin = Admin.create(settings)) {
      admin.describeMetadataQuorum().quorumInfo().get(SECONDS, TimeUnit.SECONDS);
    }
  }

  void createTopic(String topic) throws Exception {
    try (Admin admin = Admin.create(kafka())) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(SECONDS, TimeUnit.SECONDS);
    }
  }

  void send(String topic, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, value)).get(SECONDS, TimeUnit.SECONDS);
    }
  }

  /** The values of a topic's only partition, once there are that many. */
  List<String> receive(String topic, int count) {
    TopicPartition partition = new TopicPartition(topic, 0);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(kafka(), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<String> values = new ArrayList<>();
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
          values.add(each.value());
        }
      }
      return values;
    }
  }

  private Map<String, Object> kafka() {
    Map<String, Object> settings = new HashMap<>();
    endpoints.forEach((key, value) -> {
      if (key.startsWith("kafka.")) {
        settings.put(key.substring("kafka.".length()), value);
      }
    });
    settings.put("default.api.timeout.ms", "60000");
    settings.put("delivery.timeout.ms", "60000");
    return settings;
  }

  private String value(String key) {
    String value = endpoints.get(key);
    if (value == null) {
      throw new AssertionError("the endpoints lack " + key);
    }
    return value;
  }
}
