package dev.wrtfarm.cli.flash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.common.flash.BootProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlashBootCommandTest extends FlashRuns {
  @Test
  void a_booted_device_proves_the_job_by_its_file_or_by_what_is_pasted() throws IOException {
    farm.job(ONE.booted(BootProof.BOOTED));
    Path file = Files.writeString(folder.resolve("build.json"), "{\"imageId\":\"0123\"}\n");

    CliRun byFile = run("flash", "confirm", "f-1", "--file", file.toString(), "--api", farm.url());
    CliRun pasted = given("{\"imageId\":\"0123\"}", "flash", "confirm", "f-1", "--api", farm.url());

    assertThat(byFile.code()).isZero();
    assertThat(byFile.out()).contains("BOOTED", "0123456789abcdef");
    assertThat(pasted).isEqualTo(byFile);
    assertThat(farm.calls)
        .containsOnly("POST /f-1/boot {\"build\":\"{\\\"imageId\\\":\\\"0123\\\"}\"}");
  }

  @Test
  void a_device_that_runs_something_else_is_a_ghost() {
    farm.job(ONE.booted(BootProof.GHOST));

    CliRun run = given("{}", "flash", "confirm", "f-1", "--api", farm.url());

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).contains("GHOST", "another image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-oProxyCommand=x", "root@-x", "root@host;id", "root@ho st", ""})
  void an_ssh_address_that_is_none_starts_nothing(String address) {
    CliRun run = run("flash", "confirm", "f-1", "--ssh=" + address, "--api", farm.url());

    assertThat(run.code()).isEqualTo(2);
    assertThat(farm.calls).isEmpty();
  }
}
