package dev.wrtfarm.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

class PartsChoiceTest {
  @Test
  void an_unknown_choice_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> PartsChoice.of("minikube"))
        .hasMessageContaining("'minikube'")
        .hasMessageContaining("auto, docker, embedded or external");
  }

  @Test
  void auto_follows_whether_an_engine_answers() {
    boolean answers = DockerClientFactory.instance().isDockerAvailable();
    assertThat(PartsChoice.of("auto"))
        .isEqualTo(answers ? PartsChoice.DOCKER : PartsChoice.EMBEDDED);
    if (!answers) {
      assertThatThrownBy(PartsChoice.DOCKER::start)
          .hasMessageContaining("no Docker engine answers");
    }
  }

  @Test
  void external_parts_must_be_described_whole(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("parts.properties"), "kafka.bootstrap.servers=x");
    assertThatThrownBy(() -> new ExternalParts(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("quarkus.datasource.jdbc.url");
  }
}
