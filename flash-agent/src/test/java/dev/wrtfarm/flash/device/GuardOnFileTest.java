package dev.wrtfarm.flash.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.linux.OpenFlag;
import dev.wrtfarm.flash.medium.BlockDevice;
import dev.wrtfarm.flash.medium.MediumFailed;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A regular file in the place of a card, where there are no rights for anything better. */
class GuardOnFileTest {
  private static final DeviceRules TEST_HOST = new DeviceRules(true, DeviceRules.LARGEST_CARD);

  @TempDir Path folder;
  private final Slots slots = new Slots(HostRoots.REAL, TEST_HOST);
  private final DeviceGuard guard = new DeviceGuard(HostRoots.REAL, TEST_HOST);
  private Path file;

  @BeforeEach
  void make() throws IOException {
    file = Files.write(folder.toRealPath().resolve("card"), new byte[65536]);
  }

  @Test
  void it_is_written_and_read_like_a_card() throws Exception {
    DeviceFacts facts = slots.look(slot(file)).ready();
    assertThat(facts.bus()).isEqualTo("file");
    assertThat(facts.size()).isEqualTo(65536);

    try (BlockDevice card = guard.claim(facts);
        Arena arena = Arena.ofConfined()) {
      MemorySegment block = arena.allocate(4096, 4096).fill((byte) 5);
      card.write(8192, block);
      card.flush();
      card.read(4096, block);
      assertThat(block.get(ValueLayout.JAVA_BYTE, 0)).isZero();
      card.read(8192, block);
      assertThat(block.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 5);
    }
  }

  @Test
  void a_look_cannot_write() throws Exception {
    try (BlockDevice card = guard.inspect(slots.look(slot(file)).ready());
        Arena arena = Arena.ofConfined()) {
      MemorySegment block = arena.allocate(4096, 4096);
      assertThat(catchThrowableOfType(MediumFailed.class, () -> card.write(0, block)).error())
          .isEqualTo("EBADF");
    }
  }

  @Test
  void one_at_a_time() throws Exception {
    DeviceFacts facts = slots.look(slot(file)).ready();
    try (BlockDevice card = guard.claim(facts)) {
      assertThat(card.size()).isEqualTo(65536);
      assertThat(catchThrowableOfType(DeviceRefused.class, () -> guard.claim(facts)).reason())
          .isEqualTo(RefusalReason.IN_USE);
    }
    guard.claim(facts).close();
  }

  @Test
  void another_file_at_its_path_is_another_card() throws Exception {
    DeviceFacts planned = slots.look(slot(file)).ready();
    Path other = Files.write(folder.resolve("other"), new byte[65536]);
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(catchThrowableOfType(DeviceRefused.class, () -> guard.claim(planned)).reason())
        .isEqualTo(RefusalReason.CHANGED);
  }

  @Test
  void a_link_is_not_followed() throws Exception {
    DeviceFacts planned = slots.look(slot(file)).ready();
    Path target = Files.move(file, folder.resolve("target"));
    Files.createSymbolicLink(file, target);

    assertThat(catchThrowableOfType(DeviceRefused.class, () -> guard.claim(planned)).reason())
        .isEqualTo(RefusalReason.NOT_A_BLOCK_DEVICE);
  }

  @Test
  void what_cannot_be_a_card_is_refused() throws Exception {
    assertThat(refusal(file.resolveSibling("none")).reason()).isEqualTo(RefusalReason.NO_DEVICE);
    assertThat(refusal(folder.toRealPath()).reason()).isEqualTo(RefusalReason.NOT_A_BLOCK_DEVICE);
    Files.write(file, new byte[5000]);
    assertThat(refusal(file).message()).contains("truncate");
    Files.write(file, new byte[0]);
    assertThat(refusal(file).reason()).isEqualTo(RefusalReason.NO_MEDIUM);
  }

  @Test
  void a_loop_device_on_it_is_refused() throws Exception {
    try (LoopFile loop = LoopFile.make(file, 65536)) {
      assertThat(refusal(file).reason()).isEqualTo(RefusalReason.STACKED_LOOP);
      assertThat(refusal(file).message()).contains(loop.node());
    }
  }

  /** What was read back would be what the machine remembers, not what the card holds. */
  @Test
  void a_file_system_that_knows_no_way_past_the_page_cache_is_refused() throws Exception {
    DeviceFacts remembered = FileCard.facts(Path.of("/proc/version"));

    DeviceRefused refused =
        catchThrowableOfType(
            DeviceRefused.class,
            () -> new Opening(HostRoots.REAL).open(remembered, OpenFlag.READ_ONLY).close());

    assertThat(refused.reason()).isEqualTo(RefusalReason.KIND_NOT_ALLOWED);
    assertThat(refused)
        .hasMessageContainingAll("/proc/version", "a file on proc", "O_DIRECT", "/var/tmp");
  }

  private Refusal refusal(Path path) {
    return Objects.requireNonNull(slots.look(slot(path)).refusal());
  }

  private static SlotConfig slot(Path path) {
    return new SlotConfig("slot-1", "file:" + path);
  }
}
