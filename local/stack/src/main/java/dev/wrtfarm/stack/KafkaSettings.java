package dev.wrtfarm.stack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The broker's settings, and what its clients need. */
record KafkaSettings(Path folder, int port, int controllerPort, KafkaPasswords passwords) {
  static final int NODE = 1;
  static final String CONTROLLER = "CONTROLLER";
  private static final String CLIENT = "CLIENT";
  private static final String CLIENT_USER = "wrtfarm";
  private static final String BROKER_USER = "broker";

  Map<String, String> client() {
    return Map.of(
        "kafka.bootstrap.servers",
        "127.0.0.1:" + port,
        "kafka.security.protocol",
        "SASL_PLAINTEXT",
        "kafka.sasl.mechanism",
        "PLAIN",
        "kafka.sasl.jaas.config",
        login(CLIENT_USER, passwords.client()) + ";");
  }

  Properties broker() {
    Properties settings = new Properties();
    identity(settings);
    authentication(settings);
    singleNode(settings);
    quickRestart(settings);
    smallFootprint(settings);
    return settings;
  }

  /**
   * The controller is named in the settings and not in the formatted folder, so that its port may
   * change.
   */
  private void identity(Properties settings) {
    String client = CLIENT + "://127.0.0.1:" + port;
    String controller = CONTROLLER + "://127.0.0.1:" + controllerPort;
    settings.setProperty("process.roles", "broker,controller");
    settings.setProperty("node.id", Integer.toString(NODE));
    settings.setProperty("log.dirs", folder.toString());
    settings.setProperty("listeners", client + "," + controller);
    settings.setProperty("advertised.listeners", client);
    settings.setProperty("controller.listener.names", CONTROLLER);
    settings.setProperty("inter.broker.listener.name", CLIENT);
    settings.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
  }

  /** On both ports: every process of the machine can reach them. */
  private void authentication(Properties settings) {
    settings.setProperty(
        "listener.security.protocol.map",
        CLIENT + ":SASL_PLAINTEXT," + CONTROLLER + ":SASL_PLAINTEXT");
    settings.setProperty("sasl.enabled.mechanisms", "PLAIN");
    settings.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.setProperty("sasl.mechanism.controller.protocol", "PLAIN");
    String broker = login(BROKER_USER, passwords.broker()) + knows(BROKER_USER, passwords.broker());
    settings.setProperty("listener.name.controller.plain.sasl.jaas.config", broker + ";");
    settings.setProperty(
        "listener.name.client.plain.sasl.jaas.config",
        broker + knows(CLIENT_USER, passwords.client()) + ";");
  }

  private static void singleNode(Properties settings) {
    settings.setProperty("offsets.topic.replication.factor", "1");
    settings.setProperty("offsets.topic.num.partitions", "1");
    settings.setProperty("transaction.state.log.replication.factor", "1");
    settings.setProperty("transaction.state.log.min.isr", "1");
    settings.setProperty("transaction.state.log.num.partitions", "1");
    settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
    settings.setProperty("share.coordinator.state.topic.min.isr", "1");
    settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
    settings.setProperty("group.initial.rebalance.delay.ms", "0");
    settings.setProperty("auto.create.topics.enable", "false");
    settings.setProperty("log.retention.hours", "24");
  }

  /** A killed broker's registration must time out before its next life is let in. */
  private static void quickRestart(Properties settings) {
    settings.setProperty("broker.session.timeout.ms", "2000");
    settings.setProperty("broker.heartbeat.interval.ms", "500");
  }

  /** The cleaner alone would take 128 MB. */
  private static void smallFootprint(Properties settings) {
    settings.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
    settings.setProperty("num.network.threads", "2");
    settings.setProperty("num.io.threads", "4");
    settings.setProperty("background.threads", "2");
  }

  private static String login(String user, String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\""
        .formatted(user, password);
  }

  private static String knows(String user, String password) {
    return " user_%s=\"%s\"".formatted(user, password);
  }

  @Override
  public String toString() {
    return "KafkaSettings[" + port + "]";
  }
}
