package dev.wrtfarm.cli.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FarmProgramsTest {
  @Test
  void a_configuration_file_may_lie_in_a_folder_of_any_name() {
    Path file = Path.of("/data/my farms, ${old}/api.properties");
    String location = FarmPrograms.location(file);
    assertThat(location).doesNotContain(" ", ",", "$");
    assertThat(Path.of(URI.create(location))).isEqualTo(file);
  }
}
