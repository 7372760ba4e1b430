package dev.wrtfarm.flash.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Verdict;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that only reads, on a card that answers rightly the first time and fails the second. */
class SecondReadingTest {
  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({"STANDARD,PASSED,1", "THOROUGH,READ_FAILED,2", "QUALIFY,READ_FAILED,2"})
  void only_a_thorough_check_reads_twice(Level level, Verdict verdict, int readings) {
    FaultyMedium card = new FaultyMedium(64L * MIB);
    MemoryImage image = MemoryImage.random(8 * MIB);
    assertThat(new Attempt(card, image).run().verdict()).isEqualTo(Verdict.PASSED);
    Attempt check = new Attempt(card, image);
    check.kind = FlashKind.VERIFY;
    check.level = level;
    card.unreadable = block -> block == 700 && readings(check) == 2;

    FlashReport report = check.run();

    assertThat(report.verdict()).as("%s", report).isEqualTo(verdict);
    assertThat(readings(check)).isEqualTo(readings);
    assertThat(report.wrote()).isFalse();
  }

  private static int readings(Attempt check) {
    return Collections.frequency(check.phases, "verify");
  }
}
