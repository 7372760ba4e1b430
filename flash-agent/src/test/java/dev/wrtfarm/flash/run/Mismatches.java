package dev.wrtfarm.flash.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Mismatch;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.flash.medium.Medium;
import java.util.List;

/** What a report says of one stretch of blocks, and of no other. */
final class Mismatches {

  private Mismatches() {}

  static void assertMismatch(
      FlashReport report, MismatchKind kind, long block, long blocks, String area) {
    Mismatch expected = new Mismatch(kind, block * Medium.BLOCK, blocks * Medium.BLOCK, area, null);
    assertEquals(List.of(expected), report.mismatches());
    assertEquals(blocks * Medium.BLOCK, report.mismatchedBytes());
  }
}
