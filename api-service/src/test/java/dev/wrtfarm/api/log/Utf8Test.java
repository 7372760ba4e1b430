package dev.wrtfarm.api.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "zwölf", "✓✓✓", "a🙂b🙂", "🙂"})
  void a_text_that_is_cut_anywhere_is_the_same_when_it_is_put_together(String text) {
    byte[] bytes = Utf8.bytes(text);
    for (int most = 0; most <= bytes.length; most++) {
      int cut = Utf8.whole(bytes, most);
      assertThat(cut).isBetween(Math.max(0, most - 3), most);
      String rest = Utf8.text(Arrays.copyOfRange(bytes, cut, bytes.length), bytes.length - cut);
      assertThat(Utf8.text(bytes, cut) + rest).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xBF, 0xFE, 0xFF})
  void bytes_that_are_no_text_are_passed_on(int bad) {
    byte[] bytes = {(byte) bad, (byte) bad, (byte) bad, (byte) bad, (byte) bad};
    assertThat(Utf8.whole(bytes, bytes.length)).isEqualTo(bytes.length);
  }
}
