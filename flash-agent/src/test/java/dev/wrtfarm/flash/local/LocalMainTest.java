package dev.wrtfarm.flash.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.flash.journal.Json;
import dev.wrtfarm.flash.lane.PortLock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one-shot commands, with real lanes, on a card that is a file. */
class LocalMainTest {
  private static final int MIB = 1 << 20;

  @TempDir Path temporary;
  private Path folder;
  private Path image;
  private Path card;

  @BeforeEach
  void make_an_image_and_a_card() throws IOException {
    folder = temporary.toRealPath();
    image = folder.resolve("sample.img");
    byte[] bytes = new byte[4 * MIB];
    new Random(1).nextBytes(bytes);
    Files.write(image, bytes);
    card = folder.resolve("card");
    try (RandomAccessFile file = new RandomAccessFile(card.toFile(), "rw")) {
      file.setLength(48L * MIB);
    }
  }

  @Test
  void a_confirmed_run_puts_the_image_on_the_card_and_verify_finds_it() throws Exception {
    Answer run = local("", "run", "--confirm", "card", "--level", "quick");

    assertThat(run.code()).as(run.toString()).isZero();
    assertThat(run.out()).contains("PASSED", "a regular file, not a card");
    assertThat(cardHoldsImage()).isTrue();
    assertThat(local("", "verify").code()).isZero();
    assertThat(main("", "journal", "verify", "--data", data()).code()).isZero();
    assertThat(main("", "local", "journal", "verify", "--data", data()).code()).isZero();
    assertThat(main("", "cards", "--data", data()).out()).contains("holds sample.img since");
  }

  @Test
  void a_card_that_holds_something_else_fails_its_verification() throws Exception {
    Answer verify = local("", "verify", "--json");

    assertThat(verify.code()).isEqualTo(1);
    JsonNode json = Json.MAPPER.readTree(verify.out());
    assertThat(json.path("report").path("wrote").asBoolean()).isFalse();
    assertThat(json.path("state").asText()).isNotEqualTo("PASSED");
  }

  @Test
  void nothing_is_written_without_the_devices_name() throws Exception {
    for (String typed : List.of("yes\n", "\n", "", "cards\n")) {
      Answer run = local(typed, "run");
      assertThat(run.code()).as(typed).isEqualTo(2);
      assertThat(run.err()).contains("nothing was written");
    }
    assertThat(local("", "run", "--json").code()).isEqualTo(2);
    assertThat(cardIsBlank()).isTrue();
    assertThat(local("card\n", "run", "--level", "quick").code()).isZero();
  }

  /** While a reader is reset nobody has its device open, and only this keeps others away. */
  @Test
  void a_run_of_another_data_folder_keeps_this_one_from_the_same_reader() throws Exception {
    Optional<String> missing = PortLock.missing(PortLock.FOLDER);
    missing.ifPresent(why -> System.err.println("NOT TESTED, " + why));
    assumeTrue(missing.isEmpty());

    try (PortLock other = PortLock.take(PortLock.FOLDER, "file:" + card).orElseThrow()) {
      Answer run = local("", "run", "--confirm", "card", "--level", "quick");
      assertThat(run.code()).as("%s, while %s", run, other).isEqualTo(2);
      assertThat(run.err()).contains("IN_USE", "another run of this host", "file:" + card);
      assertThat(cardIsBlank()).isTrue();
    }
    assertThat(local("", "run", "--confirm", "card", "--level", "quick").code()).isZero();
  }

  @Test
  void a_plan_says_what_would_be_done_and_does_nothing() throws Exception {
    Answer plan = local("", "plan", "--json");

    assertThat(plan.code()).isZero();
    JsonNode json = Json.MAPPER.readTree(plan.out());
    assertThat(json.path("image").path("rawSize").asLong()).isEqualTo(4L * MIB);
    assertThat(json.path("token").asText()).isNotEmpty();
    assertThat(cardIsBlank()).isTrue();
  }

  @Test
  void what_cannot_be_is_refused_with_a_remedy() throws Exception {
    Path small = folder.resolve("small");
    try (RandomAccessFile file = new RandomAccessFile(small.toFile(), "rw")) {
      file.setLength(2L * MIB);
    }
    Answer tooSmall =
        main(
            "",
            "local",
            "plan",
            "--image",
            image.toString(),
            "--device",
            small.toString(),
            "--data",
            data(),
            "--test-host");
    assertThat(tooSmall.code()).isEqualTo(2);
    assertThat(tooSmall.err()).contains("TOO_SMALL", "larger card");

    Answer noTestHost =
        main(
            "",
            "local",
            "plan",
            "--image",
            image.toString(),
            "--device",
            card.toString(),
            "--data",
            data());
    assertThat(noTestHost.code()).isEqualTo(2);

    Answer otherDigest = local("", "plan", "--sha256", "0".repeat(64));
    assertThat(otherDigest.code()).isEqualTo(2);
    assertThat(otherDigest.err()).contains("SHA-256");

    Answer noOverlay = config();
    assertThat(noOverlay.code()).isEqualTo(2);
    assertThat(noOverlay.err()).contains("config");
    assertThat(local("", "run", "--levle", "quick").code()).isEqualTo(2);
  }

  private Answer config() throws Exception {
    Path configs = Files.createDirectories(Path.of(data()).resolve("configs"));
    Files.writeString(configs.resolve("home.tgz"), "not looked into");
    return local("", "plan", "--config", "home");
  }

  private record Answer(int code, String out, String err) {}

  private Answer local(String typed, String word, String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "local",
                word,
                "--image",
                image.toString(),
                "--device",
                card.toString(),
                "--data",
                data(),
                "--test-host"));
    words.addAll(List.of(more));
    return main(typed, words.toArray(String[]::new));
  }

  private Answer main(String typed, String... words) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new LocalMain(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .run(List.of(words));
    return new Answer(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private boolean cardHoldsImage() throws IOException {
    return Arrays.equals(
        Files.readAllBytes(image), Arrays.copyOf(Files.readAllBytes(card), 4 * MIB));
  }

  private boolean cardIsBlank() throws IOException {
    return Arrays.equals(new byte[48 * MIB], Files.readAllBytes(card));
  }
}
