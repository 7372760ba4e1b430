package dev.wrtfarm.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputTest {
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "440, 0.4 s",
    "12300, 12 s",
    "185000, 3 min 5 s",
    "7800000, 2 h 10 min",
    "180000000, 2 d 2 h"
  })
  void durations_are_short_words(long millis, String text) {
    assertThat(Spent.text(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void columns_are_as_wide_as_they_must_be() {
    assertThat(new Table("name", "n").row("a", 1).row("longer", 22).lines())
        .containsExactly("NAME    N", "a       1", "longer  22");
  }

  @Test
  void without_a_terminal_a_step_is_told_once() {
    Progress progress = new Progress(plain(), 80, fixed());

    progress.show("fetch", "fetch 1 %");
    progress.show("fetch", "fetch 2 %");
    progress.show("verify", "verify");

    assertThat(err.toString().lines()).containsExactly("fetch 1 %", "verify");
  }

  @Test
  void on_a_terminal_one_line_is_rewritten_and_never_wraps() {
    Terminal live =
        new Terminal(
            new Input(Reader.nullReader(), false),
            new PrintWriter(err),
            new PrintWriter(err),
            true,
            false,
            false,
            false);
    Progress progress = new Progress(live, 10, fixed());

    progress.show("a", "0123456789abc");
    progress.show("a", "short");
    progress.close();

    assertThat(err.toString()).isEqualTo("\r\033[K012345678\r\033[Kshort\r\033[K");
  }

  private Terminal plain() {
    return Terminal.plain(new PrintWriter(err), new PrintWriter(err));
  }

  private static Clock fixed() {
    return Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  }
}
