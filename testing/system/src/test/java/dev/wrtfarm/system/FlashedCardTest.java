package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.launcher.VirtualMachine;
import dev.wrtfarm.launcher.VirtualMachine.Writes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * From a profile to a booted card: the farm builds, its agent writes the card, a machine starts
 * from the card's bytes, and what its system says it is goes back to the farm.
 */
class FlashedCardTest {
  private static final Duration BUILD = Duration.ofMinutes(6);
  private static final Duration BOOT = Duration.ofMinutes(5);
  private static final String SLOT = "card-1";
  private static final String SAYS = "WRTFARM-BUILD: ";

  private static TestFarm farm;
  private static Path card;

  /** A built image. */
  private record Built(BuildView build, byte[] disk) {
    String line() {
      return SAYS + Images.fileInRoot(disk, "etc/wrtfarm-build.json").strip();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    BootableSample.assumeItIsThere();
    farm = TestFarm.start(1, folder -> List.of(SLOT + "=emulated"));
    card = farm.data().resolve("cards").resolve(SLOT + ".img");
  }

  @AfterAll
  static void stop() {
    if (farm != null) {
      farm.close();
    }
  }

  private static Built build(String... packages) {
    FarmClient client = farm.client();
    BuildView build =
        client.awaitEnd(client.submit(BootableSample.PROFILE, packages).build().id(), BUILD);
    assertThat(build.state()).as(build.toString()).isEqualTo(BuildState.SUCCEEDED);
    ArtifactView image =
        build.artifacts().stream()
            .filter(artifact -> artifact.kind() == ArtifactKind.IMAGE)
            .findFirst()
            .orElseThrow();
    return new Built(build, Images.unpacked(client.bytes(image)));
  }

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", farm.data().toString()));
    return CommandRun.of(farm.data(), all);
  }

  /** The job's id. */
  private static String flash(Built image, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("flash", "--build", image.build().id()));
    arguments.addAll(List.of("--host", "local", "--slot", SLOT, "--confirm", SLOT, "--json"));
    arguments.addAll(List.of(more));
    CommandRun run = run(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.all()).isZero();
    JsonNode result = FarmClient.JSON.readTree(run.out().lines().toList().getLast());
    assertThat(result.path("type").asText()).isEqualTo("result");
    assertThat(result.path("job").path("state").asText()).isEqualTo(FlashState.PASSED.name());
    return result.path("job").path("id").asText();
  }

  private static List<String> boot(Writes writes) throws Exception {
    return VirtualMachine.boot(card, writes, BOOT);
  }

  /** Tells the farm what the booted system said of itself, as a person pastes it. */
  private static CommandRun confirm(String job, List<String> console) throws IOException {
    String said =
        console.stream()
            .filter(line -> line.startsWith(SAYS))
            .map(line -> line.substring(SAYS.length()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("nothing booted: " + console));
    Path file = Files.writeString(farm.data().resolve("said.json"), said + "\n");
    return run("flash", "confirm", job, "--file", file.toString());
  }

  @Test
  void a_written_card_boots_and_an_old_overlay_on_it_is_found_out() throws Exception {
    Built first = build();
    Built second = build("nano");
    assertThat(second.disk())
        .as("both have their overlay at one place, or this test would show nothing")
        .hasSameSizeAs(first.disk());
    assertThat(second.line()).isNotEqualTo(first.line());

    String firstJob = flash(first);
    List<String> firstBoot = boot(Writes.KEPT);
    assertThat(firstBoot).contains(first.line(), "WRTFARM-OVERLAY: new");
    CommandRun firstProof = confirm(firstJob, firstBoot);
    assertThat(firstProof.out()).contains("BOOTED", first.build().imageId());
    assertThat(firstProof.exitCode()).isZero();
    // The boot has made an overlay; the next image would find it there.
    byte[] overlay = behind(first.disk().length);

    String secondJob = flash(second);
    List<String> secondBoot = boot(Writes.DISCARDED);
    assertThat(secondBoot).contains(second.line(), "WRTFARM-OVERLAY: new");
    assertThat(confirm(secondJob, secondBoot).exitCode()).isZero();

    // As a tool would have left it that writes no more than the image.
    putBehind(second.disk().length, overlay);
    List<String> ghost = boot(Writes.DISCARDED);
    assertThat(ghost).contains(first.line(), "WRTFARM-OVERLAY: kept");
    CommandRun ghostProof = confirm(secondJob, ghost);
    assertThat(ghostProof.out()).contains("GHOST", second.build().imageId());
    assertThat(ghostProof.exitCode()).isEqualTo(3);
  }

  @Test
  void a_configuration_archive_is_taken_up_by_the_system_that_boots() throws Exception {
    Path settings = farm.data().resolve("settings");
    Path system = Files.createDirectories(settings.resolve("etc/config")).resolve("system");
    Files.writeString(system, "config system\n\toption hostname 'router-7'\n");
    Path configs = Files.createDirectories(farm.data().resolve("flash-agent/configs"));
    Path archive = configs.resolve("router-7.tgz");
    Process tar =
        new ProcessBuilder("tar", "-czf", archive.toString(), "-C", settings.toString(), "etc")
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    // The agent is an ordinary user.
    assertThat(configs.toFile().setExecutable(true, false)).isTrue();
    assertThat(archive.toFile().setReadable(true, false)).isTrue();
    Built image = build();

    flash(image, "--config", "router-7");

    assertThat(boot(Writes.DISCARDED))
        .contains(image.line(), "WRTFARM-HOSTNAME: router-7")
        .contains("WRTFARM-OVERLAY: restored from a configuration archive");
  }

  /** The rest of the root's partition. */
  private static byte[] behind(int offset) throws IOException {
    byte[] bytes = new byte[(37 << 20) - offset];
    try (RandomAccessFile file = new RandomAccessFile(card.toFile(), "r")) {
      file.seek(offset);
      file.readFully(bytes);
    }
    return bytes;
  }

  private static void putBehind(int offset, byte[] bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(card.toFile(), "rw")) {
      file.seek(offset);
      file.write(bytes);
    }
  }
}
