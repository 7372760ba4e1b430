package dev.wrtfarm.flash.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wrtfarm.flash.journal.Json;
import dev.wrtfarm.flash.lane.LaneFolder;
import dev.wrtfarm.flash.lane.LaneProcesses;
import dev.wrtfarm.flash.lane.PortLock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  @Test
  void whoever_asks_for_help_gets_it() throws Exception {
    Answer help = main("", "local", "run", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("usage: flash-agent local plan|run|verify");
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
  void a_run_that_was_cut_off_locks_its_card_until_a_person_has_looked_at_it() throws Exception {
    Answer run = cutOff();

    assertThat(run.code()).as("%s", run).isEqualTo(3);
    String job = LaneFolder.all(Path.of(data())).getFirst().job();
    assertThat(run.out()).contains("NEEDS_CHECK", "resolve --job " + job);
    Answer again = local("", "run", "--confirm", "card", "--level", "quick");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("NEEDS_CHECK", job);
    assertThat(local("", "verify").code()).as("a look is allowed").isEqualTo(1);

    assertThat(resolve("local-0").err()).contains("local-0");
    assertThat(main("", "local", "resolve", "--job", job, "--data", data()).err()).contains("note");
    assertThat(local("", "run", "--confirm", "card").code()).as("still locked").isEqualTo(2);

    assertThat(resolve(job).code()).isZero();
    assertThat(resolve(job).code()).as("there is nothing left").isEqualTo(2);
    assertThat(local("", "run", "--confirm", "card", "--level", "quick").code()).isZero();
    assertThat(cardHoldsImage()).isTrue();
    assertThat(main("", "journal", "verify", "--data", data()).code()).isZero();
  }

  /** Its lane waits for an image that never comes, and is killed after it began to write. */
  private Answer cutOff() throws Exception {
    Path kept = folder.resolve("kept.img");
    InputStream person =
        new InputStream() {
          private final InputStream typed = new ByteArrayInputStream("card\n".getBytes(UTF_8));

          @Override
          public int read() throws IOException {
            if (Files.notExists(kept)) {
              // The plan was made from the file; from now on it is a pipe into which nobody writes.
              Files.move(image, kept);
              makePipe(image);
            }
            return typed.read();
          }
        };
    Thread killer = Thread.ofPlatform().start(this::killLaneThatBegan);
    try {
      return local(person, "run", "--level", "quick");
    } finally {
      killer.interrupt();
      killer.join();
      LaneProcesses.end(Path.of(data()));
      Files.move(kept, image, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void killLaneThatBegan() {
    try {
      while (true) {
        for (LaneFolder lane : LaneFolder.all(Path.of(data()))) {
          if (lane.told().begun()) {
            LaneProcesses.in(lane.path()).forEach(ProcessHandle::destroyForcibly);
          }
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      // The run is over.
    } catch (IOException e) {
      // Interrupted while it read, too.
      if (!Thread.currentThread().isInterrupted()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void makePipe(Path path) throws IOException {
    if (new ProcessBuilder("mkfifo", path.toString()).start().onExit().join().exitValue() != 0) {
      throw new IOException("no mkfifo " + path);
    }
  }

  private Answer resolve(String job) throws Exception {
    return main("", "local", "resolve", "--job", job, "--note", "looked at it", "--data", data());
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
    assertThat(local("", "plan", "--level", "sloppy").err())
        .contains("--level is 'sloppy'", "quick, standard, thorough, qualify");
    assertThat(local("", "sloppy").err())
        .contains("'local sloppy'", "plan, run, verify or resolve");
  }

  @Test
  void part_of_a_card_is_verified_by_the_name_that_the_farms_command_has_for_it() throws Exception {
    for (String option : List.of("--verify-prefix", "--prefix")) {
      Answer plan = local("", "plan", option, "1MiB", "--json");

      assertThat(plan.code()).as(plan.err()).isZero();
      assertThat(Json.MAPPER.readTree(plan.out()).at("/options/prefixBytes").asLong())
          .isEqualTo(MIB);
    }
    Answer both = local("", "plan", "--prefix", "1MiB", "--verify-prefix", "2MiB");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("give only --verify-prefix");
  }

  @Test
  void a_card_that_was_marked_before_its_first_run_is_listed_as_such() throws Exception {
    Answer marked = main("", "cards", "mark", "cid:1b53", "--label", "blue", "--data", data());

    assertThat(marked.code()).isZero();
    assertThat(marked.out()).contains("\"blue\"", "no run yet").doesNotContain("null");
  }

  private Answer config() throws Exception {
    Path configs = Files.createDirectories(Path.of(data()).resolve("configs"));
    Files.writeString(configs.resolve("home.tgz"), "not looked into");
    return local("", "plan", "--config", "home");
  }

  private record Answer(int code, String out, String err) {}

  private Answer local(String typed, String word, String... more) throws Exception {
    return local(new ByteArrayInputStream(typed.getBytes(UTF_8)), word, more);
  }

  private Answer local(InputStream typed, String word, String... more) throws Exception {
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
    return main(typed, words);
  }

  private static Answer main(String typed, String... words) throws Exception {
    return main(new ByteArrayInputStream(typed.getBytes(UTF_8)), List.of(words));
  }

  private static Answer main(InputStream typed, List<String> words) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        new LocalMain(typed, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
            .run(words);
    return new Answer(code, out.toString(UTF_8), err.toString(UTF_8));
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
