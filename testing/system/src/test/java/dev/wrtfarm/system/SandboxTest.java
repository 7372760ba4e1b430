package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.rest.BuildView;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The package {@code nosy} has a script that looks around, and puts what it saw into the image. */
@ExtendWith(SharedFarm.class)
class SandboxTest {
  private static final Duration BUILD = Duration.ofMinutes(6);

  private final FarmClient client;

  SandboxTest(TestFarm farm) {
    this.client = farm.client();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample-x86-opkg", "sample-x86-apk"})
  void a_package_script_sees_no_secret_no_network_and_no_other_build(String profile) {
    BuildView build = client.awaitEnd(client.submit(profile, "nosy").build().id(), BUILD);
    assertThat(build.state()).as(build.toString()).isEqualTo(BuildState.SUCCEEDED);

    byte[] disk = Images.unpacked(client.bytes(EndToEndTest.image(build, "combined")));
    String report = Images.fileInRoot(disk, "etc/nosy-report");

    assertThat(report.lines())
        .hasSizeGreaterThanOrEqualTo(9)
        .anyMatch(line -> line.startsWith("read /etc/shadow: "))
        .anyMatch(line -> line.startsWith("route to the network: "))
        .anyMatch(line -> line.startsWith("trees of other builds: "))
        .allMatch(line -> line.endsWith(": no"));
  }
}
