package dev.wrtfarm.flash.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OpenFlagTest {
  @Test
  void direct_is_another_bit_on_arm() {
    assertEquals(0x4000, OpenFlag.DIRECT.bits("amd64"));
    assertEquals(0x10000, OpenFlag.DIRECT.bits("aarch64"));
    assertEquals(0x20000, OpenFlag.NO_FOLLOW.bits("riscv64"));
    assertEquals(0x8000, OpenFlag.NO_FOLLOW.bits("aarch64"));
  }

  @Test
  void an_unknown_processor_is_refused() {
    assertThrows(UnsupportedOperationException.class, () -> OpenFlag.DIRECT.bits("mips64"));
  }
}
