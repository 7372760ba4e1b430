package dev.wrtfarm.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.cli.output.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir private Path folder;

  @Test
  void whatever_is_not_good_comes_with_its_remedy() throws IOException {
    CliRun run = CliRun.in(folder, "doctor", "--json");

    boolean bad = false;
    JsonNode findings = Json.MAPPER.readTree(run.out());
    assertThat(findings.findValuesAsText("subject")).contains("jdk", "sandbox", "disk", "umask");
    for (JsonNode finding : findings) {
      String verdict = finding.get("verdict").asText();
      assertThat(finding.get("remedy").isNull()).isEqualTo(verdict.equals("GOOD"));
      bad |= verdict.equals("BAD");
    }
    assertThat(run.code()).isEqualTo(bad ? 3 : 0);
  }
}
