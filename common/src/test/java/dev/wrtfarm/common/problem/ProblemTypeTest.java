package dev.wrtfarm.common.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {

  @Test
  void names_are_unique() {
    assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::urn)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void each_has_an_error_status_and_a_failing_exit_code(ProblemType type) {
    assertThat(type.urn()).matches("urn:wrtfarm:problem:[a-z]+(-[a-z]+)*");
    assertThat(type.status()).isBetween(400, 599);
    assertThat(type.exitCode()).isBetween(1, 125);
    assertThat(type.title()).isNotBlank();
  }

  @Test
  void the_documents_list_all_of_them_with_status_and_exit_code() throws IOException {
    Path page = Path.of(System.getProperty("wrtfarm.home", ".."), "docs", "api.md");
    Pattern row = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d{3}) \\| (\\d+) \\|");

    assertThat(row.matcher(Files.readString(page)).results().map(ProblemTypeTest::written))
        .as("rows of the table of problems in %s", page)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemType.values()).map(ProblemTypeTest::wanted).toList());
  }

  private static String written(MatchResult row) {
    return line("urn:wrtfarm:problem:" + row.group(1), row.group(2), row.group(3));
  }

  private static String wanted(ProblemType type) {
    return line(type.urn(), String.valueOf(type.status()), String.valueOf(type.exitCode()));
  }

  private static String line(String urn, String status, String exitCode) {
    return "%s: status %s, exit code %s".formatted(urn, status, exitCode);
  }
}
