package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.launcher.SystemUser;
import dev.wrtfarm.system.cluster.Eventually;
import dev.wrtfarm.testing.Signal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A built image comes onto a card, through the real farm and a real agent, by the command line:
 * onto a loop device as root, and onto a regular file whoever runs this.
 */
class FlashTest {
  private static final String CARD = "card-1";
  private static final String FILE = "file-1";
  private static final long FILE_BYTES = 256L << 20;

  /** Three times what it takes: an agent that was silent for a minute and a half is offline. */
  private static final Duration OFFLINE = Duration.ofSeconds(270);

  private static TestFarm farm;
  private static BuildView build;
  private static byte[] image;

  @BeforeAll
  static void a_farm_with_an_agent_and_a_build() {
    if (!SystemUser.isRoot()) {
      System.err.println("NOT TESTED, for this needs root: flashing a loop device. A file it is.");
    }
    farm = TestFarm.start(1, FlashTest::slots);
    CommandRun run =
        run("build", "sample-x86-opkg", "--package", "htop", "--no-download", "--json");
    assertThat(run.exitCode()).as(run.all()).isZero();
    build = farm.client().build(last(run).at("/build/id").asText());
    image = Images.unpacked(farm.client().bytes(diskImage(build)));
  }

  @AfterAll
  static void stop() {
    farm.close();
  }

  private static List<String> slots(Path data) {
    Path file = data.resolve("file-1.img");
    try (RandomAccessFile card = new RandomAccessFile(file.toFile(), "rw")) {
      card.setLength(FILE_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(CARD + "=emulated", FILE + "=file:" + file);
  }

  @Test
  void a_build_comes_onto_a_card_and_the_cards_history_says_so() {
    CommandRun run = flash(CARD, "--confirm", CARD);

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).contains("plan to write slot " + CARD, "destroys", build.imageId());
    assertThat(run.out()).contains("local/" + CARD + "  PASSED", build.imageId());
    assertThat(content(card())).isEqualTo(image);

    CommandRun shown = run("card", "show", cardIn(CARD), "--json");
    assertThat(shown.exitCode()).as(shown.all()).isZero();
    JsonNode held = json(shown);
    assertThat(held.at("/imageId").asText()).isEqualTo(build.imageId());
    assertThat(held.at("/imageSha256").asText()).isEqualTo(diskImage(build).sha256());
    assertThat(held.at("/jobs/0/report/verdict").asText()).isEqualTo("PASSED");
  }

  @Test
  void as_root_the_card_is_a_loop_device_that_only_the_agents_user_has() throws IOException {
    JsonNode device = json(run("slot", "show", CARD, "--json")).at("/slot/device");

    if (SystemUser.isRoot()) {
      assertThat(device.at("/node").asText()).startsWith("/dev/loop");
      assertThat(Files.getOwner(Path.of(device.at("/node").asText())).getName())
          .isEqualTo(SystemUser.FLASH.name());
      assertThat(farm.program("flash-agent").info().user()).contains(SystemUser.FLASH.name());
    } else {
      assertThat(device.at("/bus").asText()).isEqualTo("file");
    }
  }

  @Test
  void one_image_goes_to_several_slots_and_a_file_is_called_one() {
    CommandRun run = flash(CARD + "," + FILE, "--confirm", CARD + "," + FILE, "--level", "quick");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).contains("a regular file, not a card");
    assertThat(run.out()).contains("local/" + CARD + "  PASSED", "local/" + FILE + "  PASSED");
    assertThat(content(farm.data().resolve("file-1.img"))).isEqualTo(image);
  }

  @Test
  void nothing_is_written_without_a_confirmation_and_it_can_come_later() throws IOException {
    Path file = farm.data().resolve("file-1.img");
    flash(FILE, "--confirm", FILE);
    try (RandomAccessFile card = new RandomAccessFile(file.toFile(), "rw")) {
      card.write(new byte[4096]);
    }

    CommandRun asked = flash(FILE, "--json");
    String job = last(asked).at("/job/id").asText();
    byte[] before = content(file);
    CommandRun wrongName = run("flash", "--job", job, "--confirm", CARD);
    CommandRun confirmed = run("flash", "--job", job, "--confirm", FILE);

    assertThat(asked.exitCode()).as(asked.all()).isEqualTo(7);
    assertThat(wrongName.exitCode()).isEqualTo(2);
    assertThat(before).isNotEqualTo(image);
    assertThat(confirmed.exitCode()).as(confirmed.all()).isZero();
    assertThat(content(file)).isEqualTo(image);
  }

  @Test
  void a_job_that_is_taken_back_before_the_first_write_leaves_the_card_as_it_was() {
    CommandRun planned = flash(FILE, "--json");
    String job = last(planned).at("/job/id").asText();
    byte[] before = content(farm.data().resolve("file-1.img"));

    CommandRun cancelled = run("flash", "cancel", job);
    CommandRun dry = flash(FILE, "--dry-run");

    assertThat(cancelled.exitCode()).as(cancelled.all()).isZero();
    assertThat(show(job).at("/state").asText()).isEqualTo("CANCELLED");
    assertThat(dry.exitCode()).as(dry.all()).isZero();
    assertThat(content(farm.data().resolve("file-1.img"))).isEqualTo(before);
  }

  @Test
  void a_card_that_was_changed_behind_our_back_is_found_by_a_recheck() throws IOException {
    CommandRun run = flash(FILE, "--confirm", FILE, "--json");
    String job = last(run).at("/job/id").asText();
    CommandRun good = run("flash", "recheck", job);

    try (RandomAccessFile card =
        new RandomAccessFile(farm.data().resolve("file-1.img").toFile(), "rw")) {
      card.seek(2 << 20);
      byte[] foreign = new byte[8192];
      Arrays.fill(foreign, (byte) 0xA5);
      card.write(foreign);
    }
    CommandRun bad = run("flash", "recheck", job);

    assertThat(good.exitCode()).as(good.all()).isZero();
    assertThat(bad.exitCode()).as(bad.all()).isEqualTo(3);
    assertThat(bad.out()).contains("local/" + FILE + "  ").doesNotContain("PASSED");
  }

  @Test
  void a_booted_device_proves_the_job_and_another_image_is_a_ghost() throws IOException {
    String job = last(flash(FILE, "--confirm", FILE, "--json")).at("/job/id").asText();
    Path mine = farm.data().resolve("mine.json");
    Path other = farm.data().resolve("other.json");
    Files.writeString(mine, Images.fileInRoot(image, "etc/wrtfarm-build.json"));
    Files.writeString(other, "{\"imageId\": \"" + "0".repeat(16) + "\"}");

    CommandRun booted = run("flash", "confirm", job, "--file", mine.toString());
    CommandRun ghost = run("flash", "confirm", job, "--file", other.toString());

    assertThat(booted.exitCode()).as(booted.all()).isZero();
    assertThat(booted.out()).contains("BOOTED", build.imageId());
    assertThat(ghost.exitCode()).as(ghost.all()).isEqualTo(3);
    assertThat(ghost.out()).contains("GHOST");
  }

  @Test
  void a_job_waits_while_its_agent_is_offline_says_so_and_goes_on_with_it() {
    ProcessHandle agent = farm.program("flash-agent");
    final String job;
    Signal.STOP.send(List.of(agent));
    try {
      job = submitOnly(FILE);
      Eventually.holds(
          "the job says that its agent is offline",
          OFFLINE,
          () -> show(job).at("/waiting").asText().contains("offline"));
      assertThat(show(job).at("/state").asText()).isEqualTo("REQUESTED");
    } finally {
      Signal.CONT.send(List.of(agent));
    }

    CommandRun run = run("flash", "--job", job, "--confirm", FILE);

    assertThat(run.exitCode()).as(run.all()).isZero();
  }

  @Test
  void a_killed_agent_comes_back_and_works_on() {
    TestFarm.kill(farm.program("flash-agent"));

    CommandRun run = flash(FILE, "--confirm", FILE);

    assertThat(run.exitCode()).as(run.all()).isZero();
  }

  @Test
  void figures_count_what_was_flashed() {
    flash(FILE, "--confirm", FILE, "--level", "quick");

    assertThat(farm.client().get("/q/metrics").body())
        .containsPattern("wrtfarm_flash_jobs_ended_total\\{[^}]*verdict=\"passed\"[^}]*\\} [1-9]");
  }

  /** The farm's own API, and nobody who follows. */
  private static String submitOnly(String slot) {
    try {
      String token = Files.readString(farm.data().resolve("secrets/operator.token")).strip();
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      json(run("status", "--json")).at("/api").asText() + "/api/v2/flash-jobs"))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"build\": \"%s\", \"targets\": [{\"host\": \"local\", \"slot\": \"%s\"}]}"
                          .formatted(build.id(), slot)))
              .build();
      return FarmClient.JSON.readTree(farm.client().send(request).body()).at("/0/id").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The farm's name of the card that was last seen in a slot. */
  private static String cardIn(String slot) {
    CommandRun run = run("card", "list", "--json");
    for (JsonNode card : json(run)) {
      if (card.at("/slot").asText().equals(slot)) {
        return card.at("/id").asText();
      }
    }
    throw new AssertionError("no card in " + slot + ": " + run.all());
  }

  private static JsonNode show(String job) {
    return json(run("flash", "show", job, "--json"));
  }

  private static CommandRun flash(String slots, String... more) {
    List<String> all = new ArrayList<>(List.of("flash", "--build", build.id(), "--host", "local"));
    all.addAll(List.of("--slot", slots));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  /** With the farm's folder named, the command finds the operator's token there. */
  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", farm.data().toString()));
    return CommandRun.of(farm.data(), all);
  }

  private static Path card() {
    return farm.data().resolve("cards/card-1.img");
  }

  /** As many bytes as the image has. */
  private static byte[] content(Path card) {
    try (RandomAccessFile bytes = new RandomAccessFile(card.toFile(), "r")) {
      byte[] first = new byte[image.length];
      bytes.readFully(first);
      return first;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArtifactView diskImage(BuildView build) {
    return build.artifacts().stream()
        .filter(artifact -> artifact.name().endsWith("squashfs-combined.img.gz"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode last(CommandRun run) {
    String[] lines = run.out().strip().split("\n");
    return tree(lines[lines.length - 1], run);
  }

  private static JsonNode json(CommandRun run) {
    return tree(run.out(), run);
  }

  private static JsonNode tree(String text, CommandRun run) {
    try {
      return FarmClient.JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(run.all(), e);
    }
  }
}
