package dev.wrtfarm.cli.farm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.launcher.Program;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlashAgentProgramTest {
  @TempDir private Path folder;

  @Test
  void the_agent_is_told_its_slots_its_farm_and_that_this_is_no_host_with_real_cards()
      throws IOException {
    FarmPlan plan = plan(FlashSlot.emulated("card-1"));

    Program program =
        new FlashAgentProgram(plan, null)
            .program(folder, folder, Map.of("card-1", "loop:/dev/loop7"));

    Path config = plan.data().config().resolve("flash-agent.properties");
    Properties told = new Properties();
    try (Reader in = Files.newBufferedReader(config)) {
      told.load(in);
    }
    assertThat(program.argv()).endsWith("agent", "--config", config.toString());
    assertThat(told)
        .hasSize(6)
        .containsEntry("host", "local")
        .containsEntry("farm.urls", "http://127.0.0.1:4711")
        .containsEntry("slot.card-1.port", "loop:/dev/loop7")
        .containsEntry("test-host", "true")
        .containsEntry("data", plan.data().flashAgent().toString());
    Path token = Path.of(told.getProperty("farm.token-file"));
    assertThat(Files.getPosixFilePermissions(token)).hasToString("[OWNER_READ, OWNER_WRITE]");
    assertThat(Files.readString(config)).doesNotContain(Files.readString(token).strip());
  }

  @Test
  void an_ordinary_user_gets_a_file_for_a_card_and_it_keeps_what_is_on_it() throws IOException {
    FarmPlan plan = plan(FlashSlot.emulated("card-1"));
    Path card = plan.data().card("card-1");

    try (SlotCards cards = new SlotCards(plan, null)) {
      assertThat(cards.insert()).isEqualTo(Map.of("card-1", "file:" + card));
    }
    Files.writeString(card, "what was flashed");
    try (SlotCards cards = new SlotCards(plan, null)) {
      cards.insert();
    }

    assertThat(card).hasContent("what was flashed");
  }

  @Test
  void without_slots_there_is_no_agent() {
    assertThat(plan().programs()).doesNotContain("flash-agent");
    assertThat(plan(FlashSlot.emulated("card-1")).programs()).last().isEqualTo("flash-agent");
  }

  private FarmPlan plan(FlashSlot... slots) {
    return new FarmPlan(
        folder,
        new DataFolder(folder.resolve("data")),
        4711,
        new Upstream.Sample(),
        1,
        true,
        List.of(slots));
  }
}
