package dev.wrtfarm.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.jspecify.annotations.Nullable;

/** A broker that is its own controller. */
final class KafkaBroker implements Part {
  private final Path folder;
  private final KafkaSettings settings;
  private final Exit exit;
  private @Nullable KafkaRaftServer server;

  KafkaBroker(Path folder, int port, int controllerPort, KafkaPasswords passwords, Exit exit) {
    this.folder = folder;
    this.exit = exit;
    this.settings = new KafkaSettings(folder, port, controllerPort, passwords);
  }

  @Override
  public void start() {
    try {
      format();
      org.apache.kafka.common.utils.internals.Exit.setExitProcedure(
          (code, message) -> exit.failed("the Kafka broker ended: " + message));
      org.apache.kafka.common.utils.internals.Exit.setHaltProcedure(
          (code, message) -> exit.failed("the Kafka broker ended: " + message));
      KafkaRaftServer started =
          new KafkaRaftServer(KafkaConfig.fromProps(settings.broker(), false), Time.SYSTEM);
      server = started;
      started.startup();
    } catch (Exception e) {
      throw new StackFailed(
          "the Kafka broker cannot be started; it holds nothing that is needed, so its folder %s"
                  .formatted(folder)
              + " may be deleted",
          e);
    }
  }

  @Override
  public void stop() {
    KafkaRaftServer running = server;
    if (running != null) {
      running.shutdown();
      running.awaitShutdown();
    }
  }

  @Override
  public Map<String, String> endpoints() {
    return settings.client();
  }

  private void format() throws Exception {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setNodeId(KafkaSettings.NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(KafkaSettings.CONTROLLER)
        .setDirectories(List.of(folder.toString()))
        .setMetadataLogDirectory(folder.toString())
        .run();
  }
}
