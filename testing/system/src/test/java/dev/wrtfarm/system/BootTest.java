package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.launcher.VirtualMachine;
import dev.wrtfarm.launcher.VirtualMachine.Writes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An image that the farm built starts a machine, whose system then says which image it is. */
@ExtendWith(SharedFarm.class)
class BootTest {
  private static final Duration BUILD = Duration.ofMinutes(6);
  private static final Duration BOOT = Duration.ofMinutes(5);

  private final FarmClient client;

  BootTest(TestFarm farm) {
    this.client = farm.client();
  }

  @BeforeAll
  static void hostCanBoot() throws IOException {
    BootableSample.assumeItIsThere();
  }

  @Test
  void a_built_image_boots_and_says_which_it_is(@TempDir Path folder) throws Exception {
    BuildView build = client.awaitEnd(client.submit(BootableSample.PROFILE).build().id(), BUILD);
    assertThat(build.state()).as(build.toString()).isEqualTo(BuildState.SUCCEEDED);
    ArtifactView image =
        build.artifacts().stream()
            .filter(artifact -> artifact.kind() == ArtifactKind.IMAGE)
            .findFirst()
            .orElseThrow();
    byte[] disk = Images.unpacked(client.bytes(image));
    Path card = Files.write(folder.resolve("card"), disk);
    try (var bytes = new java.io.RandomAccessFile(card.toFile(), "rw")) {
      // Room for what the partition table promises behind the image's end.
      bytes.setLength(64 << 20);
    }

    List<String> console = VirtualMachine.boot(card, Writes.DISCARDED, BOOT);

    String record = Images.fileInRoot(disk, "etc/wrtfarm-build.json").strip();
    assertThat(record).contains("\"imageId\":\"" + build.imageId() + "\"");
    assertThat(console).contains("WRTFARM-BUILD: " + record);
  }
}
