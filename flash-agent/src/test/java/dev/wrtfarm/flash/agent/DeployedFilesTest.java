package dev.wrtfarm.flash.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.flash.lane.PortLock;
import dev.wrtfarm.flash.reset.HelperReset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The files that an operator copies say the same as the program. */
class DeployedFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("wrtfarm.home", ".."), "deploy/flash-agent");

  @Test
  void the_example_configuration_is_valid_and_the_udev_rules_are_for_its_slot() throws Exception {
    AgentConfig config = AgentConfig.read(FOLDER.resolve("agent.properties"));

    assertThat(config.rules().testHost()).isFalse();
    assertThat(config.data()).isEqualTo(AgentConfig.DATA);
    assertThat(config.slots()).hasSize(1);
    SlotSetup slot = config.slots().getFirst();
    assertThat(slot.unattended()).isFalse();
    assertThat(text("90-wrtfarm-flash.rules"))
        .contains("ENV{ID_PATH}==\"" + slot.slot().port() + "\"")
        .contains("OWNER=\"wrtfarm-flash\"");
    assertThat(text("reset-ports")).contains("#" + slot.name() + " ");
  }

  @Test
  void the_units_name_the_paths_that_the_program_uses() throws Exception {
    assertThat(text("wrtfarm-flash-reset.socket")).contains("ListenStream=" + HelperReset.SOCKET);
    assertThat(text("wrtfarm-flash.service"))
        .contains("StateDirectory=" + AgentConfig.DATA.getFileName())
        .contains("agent --config /etc/wrtfarm-flash/agent.properties")
        .contains("User=wrtfarm-flash")
        .contains("ReadWritePaths=-" + PortLock.FOLDER + "\n");
    assertThat(FOLDER.resolve("reset-port")).isExecutable();
  }

  private static String text(String file) throws IOException {
    return Files.readString(FOLDER.resolve(file));
  }
}
