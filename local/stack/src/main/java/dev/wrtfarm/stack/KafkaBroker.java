package dev.wrtfarm.stack;

import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.jspecify.annotations.Nullable;

/** A broker that is its own controller. */
final class KafkaBroker implements Part {
  private final KafkaFolder folder;
  private final KafkaSettings settings;
  private final StackExit exit;
  private @Nullable KafkaRaftServer server;

  KafkaBroker(Path folder, int port, int controllerPort, KafkaPasswords passwords, StackExit exit) {
    this.folder = new KafkaFolder(folder);
    this.exit = exit;
    this.settings = new KafkaSettings(folder, port, controllerPort, passwords);
  }

  @Override
  public void start() {
    try {
      folder.prepare();
      endWithBroker();
      KafkaRaftServer started =
          new KafkaRaftServer(KafkaConfig.fromProps(settings.broker(), false), Time.SYSTEM);
      server = started;
      started.startup();
      folder.hasServed();
    } catch (Exception e) {
      throw new StackFailed(
          "the Kafka broker cannot be started; the next start begins with an empty one", e);
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

  /** What Kafka cannot go on after ends the stack, and whoever started that starts it again. */
  private void endWithBroker() {
    Exit.setExitProcedure((code, message) -> exit.failed("the Kafka broker ended: " + message));
    Exit.setHaltProcedure((code, message) -> exit.failed("the Kafka broker ended: " + message));
  }
}
