package dev.wrtfarm.testing;

import com.github.dockerjava.api.DockerClient;
import dev.wrtfarm.launcher.FreePort;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * The parts from a Docker engine. Ports are fixed, since a dynamic one changes when a killed
 * container is started again. Kept thin: here only its compilation is checked where no engine runs.
 */
final class DockerParts implements Parts {
  private static final String PASSWORD = "wrtfarm-test-only";

  private final int postgresPort = FreePort.any();
  private final int kafkaPort = FreePort.any();
  private final int s3Port = FreePort.any();
  private final GenericContainer<?> postgres = DockerImages.postgres(postgresPort, PASSWORD);
  private final List<GenericContainer<?>> all =
      List.of(postgres, DockerImages.kafka(kafkaPort), DockerImages.seaweed(s3Port, PASSWORD));

  DockerParts() {
    all.parallelStream().forEach(GenericContainer::start);
  }

  @Override
  public Map<String, String> configuration() {
    String s3 = "http://127.0.0.1:" + s3Port;
    Map<String, String> keys = new TreeMap<>();
    keys.put(
        "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + postgresPort + "/wrtfarm");
    keys.put("quarkus.datasource.username", "wrtfarm");
    keys.put("quarkus.datasource.password", PASSWORD);
    keys.put("kafka.bootstrap.servers", "127.0.0.1:" + kafkaPort);
    keys.put("kafka.security.protocol", "PLAINTEXT");
    keys.put("wrtfarm.s3.endpoint", s3);
    keys.put("wrtfarm.s3.public-endpoint", s3);
    keys.put("wrtfarm.s3.region", "us-east-1");
    keys.put("wrtfarm.s3.access-key", "wrtfarm");
    keys.put("wrtfarm.s3.secret-key", PASSWORD);
    keys.put("wrtfarm.s3.bucket", "wrtfarm");
    return keys;
  }

  @Override
  public void kill() {
    onAll((docker, id) -> docker.killContainerCmd(id).exec());
  }

  @Override
  public void restart() {
    onAll((docker, id) -> docker.startContainerCmd(id).exec());
    all.forEach(container -> Wait.forListeningPort().waitUntilReady(container));
  }

  @Override
  public void pause() {
    onAll((docker, id) -> docker.pauseContainerCmd(id).exec());
  }

  @Override
  public void resume() {
    onAll((docker, id) -> {
      if (Boolean.TRUE.equals(docker.inspectContainerCmd(id).exec().getState().getPaused())) {
        docker.unpauseContainerCmd(id).exec();
      }
    });
  }

  @Override
  public void pauseDatabase() {
    postgres.getDockerClient().pauseContainerCmd(postgres.getContainerId()).exec();
  }

  @Override
  public void loseBrokerData() {
    throw new UnsupportedOperationException(
        "a killed container's files cannot be deleted: use wrtfarm.test.parts=embedded");
  }

  @Override
  public void close() {
    all.forEach(GenericContainer::stop);
  }

  private void onAll(BiConsumer<DockerClient, String> command) {
    all.forEach(each -> command.accept(each.getDockerClient(), each.getContainerId()));
  }
}
