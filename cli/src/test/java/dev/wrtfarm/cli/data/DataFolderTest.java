package dev.wrtfarm.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.machine.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataFolderTest {
  @Test
  void the_named_folder_wins_then_the_variable_then_the_users_own() {
    Map<String, String> both = Map.of("WRTFARM_DATA", "/srv/farm", "HOME", "/home/ann");

    assertThat(folder(both, false, "mine")).hasToString("/here/mine");
    assertThat(folder(both, false, null)).hasToString("/srv/farm");
    assertThat(folder(Map.of("HOME", "/home/ann"), false, null))
        .hasToString("/home/ann/.local/share/wrtfarm");
    assertThat(folder(Map.of("XDG_DATA_HOME", "/data/ann"), false, null))
        .hasToString("/data/ann/wrtfarm");
    assertThat(folder(Map.of("HOME", "/root"), true, null)).hasToString("/var/lib/wrtfarm");
  }

  private static Path folder(
      Map<String, String> environment, boolean root, @Nullable String named) {
    Surroundings surroundings =
        new Surroundings(environment, Path.of("/opt/wrtfarm"), Path.of("/here"), root);
    return DataFolder.of(named == null ? null : Path.of(named), surroundings).path();
  }
}
