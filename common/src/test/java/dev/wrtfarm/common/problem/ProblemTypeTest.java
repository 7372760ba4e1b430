package dev.wrtfarm.common.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
}
