package dev.wrtfarm.common.flash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for whoever has a card in their hand says the same as the programs. */
class FlashingPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Za-z_]+)` \\| (.+?) \\|(?: (.+?) \\|)?$");
  private static final Path PAGE =
      Path.of(System.getProperty("wrtfarm.home", ".."), "docs", "flashing.md");

  private record Row(String name, String second, String third) {}

  @Test
  void each_verdict_has_a_row_in_the_words_of_the_command() throws IOException {
    assertThat(rows("## Verdicts", "### What"))
        .containsExactlyElementsOf(
            Arrays.stream(Verdict.values())
                .map(verdict -> new Row(verdict.name(), verdict.meaning(), verdict.advice()))
                .toList());
  }

  @Test
  void each_kind_of_mismatch_has_a_row() throws IOException {
    assertThat(names("### What was found", "### Refusals"))
        .containsExactlyElementsOf(all(MismatchKind.values()));
  }

  @Test
  void each_reason_of_a_refusal_has_a_row() throws IOException {
    assertThat(names("### Refusals", "## After"))
        .containsExactlyElementsOf(all(RefusalReason.values()));
  }

  @Test
  void each_level_and_each_state_of_a_card_has_a_row() throws IOException {
    assertThat(names("## Levels", "## Verdicts"))
        .containsExactlyElementsOf(lower(all(Level.values())));
    assertThat(names("## Cards and slots", "## The journal"))
        .containsExactlyElementsOf(lower(all(CardState.values())));
  }

  private static List<Row> rows(String from, String to) throws IOException {
    String page = Files.readString(PAGE);
    String part = page.substring(page.indexOf(from), page.indexOf(to, page.indexOf(from)));
    return ROW.matcher(part)
        .results()
        .map(row -> new Row(row.group(1), row.group(2), String.valueOf(row.group(3))))
        .toList();
  }

  private static List<String> names(String from, String to) throws IOException {
    return rows(from, to).stream().map(Row::name).toList();
  }

  private static List<String> all(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name).toList();
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
