package dev.wrtfarm.testing;

import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/** The containers, each with a fixed port on the host's loopback. */
final class DockerImages {
  private DockerImages() {}

  static GenericContainer<?> postgres(int port, String password) {
    return at(new GenericContainer<>("postgres:18"), port, 5432)
        .withEnv("POSTGRES_USER", "wrtfarm")
        .withEnv("POSTGRES_PASSWORD", password)
        .withEnv("POSTGRES_DB", "wrtfarm");
  }

  /** One node; what clients are told to connect to is the port on the host. */
  static GenericContainer<?> kafka(int port) {
    return at(new GenericContainer<>("apache/kafka:4.4.0"), port, 9092)
        .withEnv("KAFKA_NODE_ID", "1")
        .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
        .withEnv("KAFKA_LISTENERS", "PLAINTEXT://:9092,INNER://:9093,CONTROLLER://:9094")
        .withEnv(
            "KAFKA_ADVERTISED_LISTENERS",
            "PLAINTEXT://127.0.0.1:" + port + ",INNER://localhost:9093")
        .withEnv(
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
            "PLAINTEXT:PLAINTEXT,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT")
        .withEnv("KAFKA_INTER_BROKER_LISTENER_NAME", "INNER")
        .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
        .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9094")
        .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
        .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
        .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
  }

  static GenericContainer<?> seaweed(int port, String secret) {
    return at(new GenericContainer<>("chrislusf/seaweedfs:latest"), port, 8333)
        .withCopyToContainer(Transferable.of(seaweedUsers(secret)), "/etc/wrtfarm-s3.json")
        .withCommand("server", "-s3", "-s3.config=/etc/wrtfarm-s3.json", "-dir=/data");
  }

  private static String seaweedUsers(String secret) {
    return """
    {"identities": [{"name": "wrtfarm",
      "credentials": [{"accessKey": "wrtfarm", "secretKey": "%s"}],
      "actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}
    """
        .formatted(secret);
  }

  private static GenericContainer<?> at(GenericContainer<?> container, int port, int inner) {
    container.addExposedPort(inner);
    container.setPortBindings(List.of("127.0.0.1:%d:%d".formatted(port, inner)));
    return container;
  }
}
