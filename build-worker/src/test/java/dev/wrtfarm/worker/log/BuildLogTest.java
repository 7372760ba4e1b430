package dev.wrtfarm.worker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLogTest {
  @TempDir Path dir;

  @Test
  void escape_sequences_and_control_characters_do_not_get_in() {
    assertThat(log(1_000).line("\u001B[31mred\u001B[0m\u0007 a\tb\r\u0000\u001B]0;title\u0007!"))
        .isEqualTo("red a\tb!");
  }

  @Test
  void a_long_log_keeps_its_beginning_and_its_end() throws IOException {
    BuildLog log = log(2_000);
    for (int i = 0; i < 1_000; i++) {
      log.line("line " + i);
    }
    String text = Files.readString(log.finish());
    assertThat(text).startsWith("line 0\nline 1\n").endsWith("line 998\nline 999\n");
    assertThat(text).contains("bytes left out").hasSizeLessThan(2_200);
  }

  @Test
  void followers_get_each_line_once() {
    BuildLog log = log(1_000);
    log.line("one");
    assertThat(log.takeUnsent(100)).isEqualTo("one\n");
    log.line("two");
    assertThat(log.takeUnsent(2) + log.takeUnsent(100)).isEqualTo("two\n");
    assertThat(log.takeUnsent(100)).isEmpty();
  }

  @Test
  void lines_after_the_end_are_dropped() throws IOException {
    BuildLog log = log(1_000);
    log.line("one");
    log.finish();
    log.line("two");
    assertThat(Files.readString(log.finish())).isEqualTo("one\n");
  }

  @Test
  void a_character_that_a_long_line_is_cut_in_half_at_does_no_harm() throws IOException {
    BuildLog log = log(1_000_000);
    String line = log.line("x".repeat(7_999) + "\uD83D\uDE00 and more");
    assertThat(line).isEqualTo("x".repeat(7_999) + " […]");
    assertThat(log.line("\uDE00second half\uD83D")).isEqualTo("second half");
    assertThat(log.line("whole \uD83D\uDE00")).isEqualTo("whole \uD83D\uDE00");
    log.rewriteWith(each -> each + "\uD83D");
    log.line("rewritten ");
    assertThat(Files.readString(log.finish()))
        .isEqualTo(line + "\nsecond half\nwhole \uD83D\uDE00\nrewritten ?\n");
  }

  @Test
  void a_full_disk_shows_at_the_end_and_not_in_each_line() {
    BuildLog log = new BuildLog(Path.of("/dev/full"), 1_000_000);
    for (int i = 0; i < 10; i++) {
      log.line("x".repeat(5_000));
    }
    assertThat(log.takeUnsent(100_000)).hasSize(50_010);
    assertThatThrownBy(log::finish).hasMessageContaining("No space left on device");
    assertThatThrownBy(log::finish).hasMessageContaining("No space left on device");
  }

  @Test
  void urls_of_the_sandbox_become_real_ones() {
    BuildLog log = log(1_000);
    log.rewriteWith(line -> line.replace("http://127.0.0.1:8642/r/0", "http://feeds.example"));
    assertThat(log.line("Downloading http://127.0.0.1:8642/r/0/Packages.gz"))
        .isEqualTo("Downloading http://feeds.example/Packages.gz");
  }

  private BuildLog log(long limit) {
    return new BuildLog(dir.resolve("build.log"), limit);
  }
}
