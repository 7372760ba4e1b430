package dev.wrtfarm.flash.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Mismatch;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.faultdisk.FaultDisk;
import dev.wrtfarm.faultdisk.model.BlockModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTableTest {
  private static final TestImage IMAGE = TestImage.of(1);

  static Stream<Arguments> rows_of_the_table() {
    return Arrays.stream(Rung.values())
        .flatMap(rung ->
            FaultTable.rows().stream()
                .flatMap(row ->
                    row.expected().entrySet().stream()
                        .filter(each -> isWorthIt(rung, each.getKey()))
                        .map(each -> arguments(rung, row, each))));
  }

  /** Where there are real devices, the fallback is only kept from falling behind. */
  private static boolean isWorthIt(Rung rung, Level level) {
    return rung == Rung.LOOP_DEVICE || level == Level.QUICK || FaultDisk.missing().isPresent();
  }

  private static Arguments arguments(Rung rung, Row row, Map.Entry<Level, Row.Expected> expected) {
    return Arguments.of(rung, row, expected.getKey(), expected.getValue());
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @MethodSource("rows_of_the_table")
  void each_level_says_of_each_fault_what_the_table_says(
      Rung rung, Row row, Level level, Row.Expected expected) throws IOException {
    BlockModel.Builder builder = BlockModel.ofSize(Flashing.CARD);
    row.card().accept(builder);
    BlockModel model = builder.build();
    prepare(model, row.before());
    try (Card card = rung.insert(model)) {
      FlashReport report = Flashing.of(IMAGE, level).on(card);
      String said = "%s: %s, %s: %s".formatted(rung, row, level, report);
      assertThat(report.verdict()).as("%s", said).isEqualTo(expected.verdict());
      assertThat(report.mismatches())
          .as("%s", said)
          .extracting(Mismatch::kind)
          .containsAll(expected.kinds());
      if (expected.verdict() == Verdict.PASSED) {
        assertThat(holds(model)).as("%s, but the image is not there", said).isTrue();
      }
    }
  }

  /** Through the cache, if there is one: a card that passes may still have to write it down. */
  private static boolean holds(BlockModel model) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(TestImage.BYTES);
    model.read(0, found);
    return Arrays.equals(found.array(), IMAGE.bytes());
  }

  private static void prepare(BlockModel model, Row.Before before) throws IOException {
    if (before != Row.Before.NOTHING) {
      byte[] old = new byte[(int) model.size()];
      new Random(99).nextBytes(old);
      model.plant(0, old);
    }
    if (before == Row.Before.THE_SAME_IMAGE) {
      model.plant(0, IMAGE.bytes());
    }
  }
}
