package dev.wrtfarm.flash.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.flash.journal.JournalRecord.Acknowledged;
import dev.wrtfarm.flash.journal.JournalRecord.Withdrawn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final long SMALL = 2000;

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void name_a_data_folder_that_does_not_exist() {
    data = folder.resolve("agent");
  }

  @Test
  void what_was_added_is_there_after_a_restart() throws IOException {
    fill(30);

    List<Entry> heard = new ArrayList<>();
    open(heard).close();

    assertThat(heard).hasSize(31);
    assertThat(heard.getLast().what()).contains(new Acknowledged("job 29"));
    assertThat(files()).hasSizeGreaterThan(2);
    assertThat(JournalCheck.of(data)).isEqualTo(new JournalCheck(31, java.util.Optional.empty()));
  }

  @Test
  void key_and_journal_are_for_nobody_else() throws IOException {
    fill(1);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("key"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
        .isEqualTo("rw-------");
  }

  @Test
  void every_changed_byte_is_found() throws IOException {
    fill(3);
    Path file = files().getFirst();
    byte[] original = Files.readAllBytes(file);

    for (int i = 0; i < original.length; i++) {
      byte[] changed = original.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      assertThat(JournalCheck.of(data).fault()).as("byte %d", i).isPresent();
    }
  }

  @Test
  void a_line_less_is_found_wherever_it_was() throws IOException {
    fill(8);
    for (Path file : files()) {
      byte[] original = Files.readAllBytes(file);
      List<String> lines = Files.readAllLines(file);
      for (int gone = 0; gone < lines.size(); gone++) {
        List<String> rest = new ArrayList<>(lines);
        rest.remove(gone);
        Files.writeString(file, rest.isEmpty() ? "" : String.join("\n", rest) + "\n");
        assertThat(JournalCheck.of(data).fault()).as("%s %d", file, gone).isPresent();
      }
      Files.write(file, original);
    }
    assertThat(JournalCheck.of(data).fault()).isEmpty();
  }

  @Test
  void each_missing_file_is_found() throws IOException {
    fill(20);
    List<Path> files = new ArrayList<>(files());
    files.add(data.resolve("journal/head"));
    files.add(data.resolve("key"));

    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(JournalCheck.of(data).fault()).as("%s", file).isPresent();
      assertThatThrownBy(() -> open(new ArrayList<>())).isInstanceOf(JournalBroken.class);
      Files.write(file, content);
    }
    assertThat(JournalCheck.of(data).fault()).isEmpty();
  }

  @Test
  void an_end_cut_off_with_its_head_is_found_too() throws IOException {
    fill(2);
    byte[] head = Files.readAllBytes(data.resolve("journal/head"));
    String[] words = new String(head, StandardCharsets.US_ASCII).strip().split(" ");
    List<String> lines = Files.readAllLines(files().getFirst());
    Files.writeString(files().getFirst(), lines.getFirst() + "\n");
    words[0] = "1";
    words[1] = ChainedLine.digest(lines.getFirst());
    words[3] = Long.toString(Files.size(files().getFirst()));
    Files.writeString(data.resolve("journal/head"), String.join(" ", words) + "\n");

    assertThat(JournalCheck.of(data).fault()).isPresent();
  }

  @Test
  void lines_of_somebody_without_the_key_are_found() throws IOException {
    fill(2);
    AgentKey other = AgentKey.create(folder.resolve("other"));
    String last = Files.readAllLines(files().getFirst()).getLast();
    String forged =
        ChainedLine.write(
            other,
            4,
            InstantSource.system().instant(),
            new Acknowledged("forged"),
            ChainedLine.digest(last));
    Files.writeString(files().getFirst(), forged + "\n", StandardOpenOption.APPEND);

    assertThat(JournalCheck.of(data).fault()).isPresent();
  }

  @Test
  void half_a_line_of_a_killed_process_is_cut_off() throws IOException {
    fill(2);
    long length = Files.size(files().getFirst());
    Files.writeString(files().getFirst(), "{\"n\":4,\"at\":\"20", StandardOpenOption.APPEND);

    assertThat(JournalCheck.of(data).fault()).isEmpty();
    open(new ArrayList<>()).close();

    assertThat(Files.size(files().getFirst())).isEqualTo(length);
  }

  @Test
  void a_whole_line_that_its_head_does_not_know_counts() throws IOException {
    fill(2);
    byte[] head = Files.readAllBytes(data.resolve("journal/head"));
    try (Journal journal = open(new ArrayList<>())) {
      journal.append(new Withdrawn("job x", "killed before its head was written"));
    }
    Files.write(data.resolve("journal/head"), head);

    assertThat(JournalCheck.of(data).fault()).isEmpty();
    List<Entry> heard = new ArrayList<>();
    try (Journal journal = open(heard)) {
      journal.append(new Acknowledged("next"));
    }

    assertThat(heard).hasSize(5);
    assertThat(JournalCheck.of(data).lines()).isEqualTo(5);
  }

  @Test
  void a_first_start_that_was_killed_starts_again() throws IOException {
    DurableFile.createFolder(data);
    Files.writeString(data.resolve("key.new"), "half");

    fill(1);

    assertThat(JournalCheck.of(data).fault()).isEmpty();
  }

  @Test
  void two_at_work_hear_of_each_other() throws IOException {
    List<Entry> heardByOne = new ArrayList<>();
    List<Entry> heardByTwo = new ArrayList<>();
    try (Journal one = open(heardByOne);
        Journal two = open(heardByTwo)) {
      for (int i = 0; i < 20; i++) {
        (i % 2 == 0 ? one : two).append(new Acknowledged("job " + i));
      }
      one.refresh();
    }

    assertThat(heardByOne).isEqualTo(heardByTwo).hasSize(21);
    assertThat(JournalCheck.of(data).lines()).isEqualTo(21);
  }

  @Test
  void a_copy_can_be_taken_from_any_line_on() throws IOException {
    List<Entry> heard = new ArrayList<>();
    fill(20);
    try (Journal journal = open(heard)) {
      for (int from = 1; from <= 22; from++) {
        List<String> expected = heard.stream().skip(from - 1).limit(7).map(Entry::line).toList();
        assertThat(journal.lines(from, 7)).isEqualTo(expected);
      }
    }
  }

  private void fill(int lines) throws IOException {
    try (Journal journal = open(new ArrayList<>())) {
      for (int i = 0; i < lines; i++) {
        journal.append(new Acknowledged("job " + i));
      }
    }
  }

  private Journal open(List<Entry> heard) throws IOException {
    return Journal.open(data, "lab", InstantSource.system(), SMALL, List.of(heard::add));
  }

  private List<Path> files() throws IOException {
    JournalFiles files = new JournalFiles(data.resolve("journal"));
    return files.names().stream().map(files::path).toList();
  }
}
