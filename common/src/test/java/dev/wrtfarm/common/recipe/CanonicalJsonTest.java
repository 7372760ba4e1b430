package dev.wrtfarm.common.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  /** The strings of RFC 8785, section 3.2.2 and 3.2.3. */
  @Test
  void strings_and_order_follow_the_rfc() {
    assertThat(CanonicalJson.write("€$\u000F\nA'B\"\\\\\"/"))
        .isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    assertThat(
            CanonicalJson.write(
                Map.of(
                    "\u20ac", "Euro Sign",
                    "\r", "Carriage Return",
                    "\ufb33", "Hebrew Letter Dalet With Dagesh",
                    "1", "One",
                    "\ud83d\ude00", "Emoji: Grinning Face",
                    "\u0080", "Control",
                    "\u00f6", "Latin Small Letter O With Diaeresis")))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void integers_booleans_and_lists_are_plain() {
    assertThat(CanonicalJson.write(List.of(1, -2L, true, List.of()))).isEqualTo("[1,-2,true,[]]");
  }

  @Test
  void what_has_no_exact_form_is_refused() {
    assertThatThrownBy(() -> CanonicalJson.write(1.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.write(1L << 54))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.write("\ud83d"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
