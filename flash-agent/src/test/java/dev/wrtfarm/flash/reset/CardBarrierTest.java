package dev.wrtfarm.flash.reset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.DeviceRules;
import dev.wrtfarm.flash.device.HostRoots;
import dev.wrtfarm.flash.device.LoopFile;
import dev.wrtfarm.flash.device.Slots;
import dev.wrtfarm.flash.medium.BlockDevice;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.run.Barrier.Crossed;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detaching and attaching a loop device is as good a reset as a port's. */
class CardBarrierTest {
  /** Odd, so that no other test's device is taken for this one's. */
  private static final long SIZE = 1027 * 4096;

  private static final DeviceRules TEST_HOST = new DeviceRules(true, DeviceRules.LARGEST_CARD);

  @TempDir Path folder;
  private final DeviceGuard guard = new DeviceGuard(HostRoots.REAL, TEST_HOST);
  private @Nullable LoopFile loop;
  private DeviceFacts facts;
  private BlockDevice device;

  @BeforeEach
  void claim() throws Exception {
    LoopFile made = LoopFile.make(folder.resolve("card"), SIZE);
    loop = made;
    facts = new Slots(HostRoots.REAL, TEST_HOST).look(made.slot()).ready();
    device = guard.claim(facts);
  }

  @AfterEach
  void release() throws IOException {
    try {
      if (device != null) {
        device.close();
      }
    } finally {
      if (loop != null) {
        loop.close();
      }
    }
  }

  @Test
  void without_a_reset_the_same_medium_goes_on_and_the_record_says_so() throws Exception {
    Crossed crossed = barrier(null, Duration.ofSeconds(1)).cross(device, true);

    assertThat(crossed.medium()).isSameAs(device);
    assertThat(crossed.record()).isEqualTo("fsync; reset: none");
  }

  @Test
  void a_reset_that_is_not_wanted_is_not_made() throws Exception {
    PortReset never =
        () -> {
          throw new AssertionError("a reset");
        };
    Crossed crossed = barrier(never, Duration.ofSeconds(1)).cross(device, false);

    assertThat(crossed.medium()).isSameAs(device);
    assertThat(crossed.record()).isEqualTo("fsync; reset: none");
  }

  @Test
  void after_a_reset_the_same_card_is_open_again() throws Exception {
    put(device, 4096, (byte) 3);

    Crossed crossed = barrier(this::detachAndAttach, Duration.ofSeconds(60)).cross(device, true);

    assertThat(crossed.record()).isEqualTo("fsync; reset: detached");
    assertThat(crossed.reset()).isTrue();
    try (Medium again = crossed.medium()) {
      assertThat(again).isNotSameAs(device);
      assertThat(get(again, 4096)).isEqualTo((byte) 3);
      put(again, 8192, (byte) 4);
    }
  }

  @Test
  void a_second_reset_works_like_the_first() throws Exception {
    CardBarrier barrier = barrier(this::detachAndAttach, Duration.ofSeconds(60));

    Crossed first = barrier.cross(device, true);
    barrier.cross(first.medium(), true).medium().close();
  }

  @Test
  void another_card_after_a_reset_ends_the_run() throws Exception {
    Path other = folder.resolve("other");
    try (RandomAccessFile file = new RandomAccessFile(other.toFile(), "rw")) {
      file.setLength(2 * SIZE);
    }
    PortReset swap =
        () -> {
          loop().detach();
          loop().attach(other);
          return "swapped";
        };

    MediumFailed failed =
        catchThrowableOfType(
            MediumFailed.class, () -> barrier(swap, Duration.ofSeconds(60)).cross(device, true));
    assertThat(failed.error()).isEqualTo("ECHANGED");
    assertThat(failed).hasMessageContaining("size " + 2 * SIZE + " instead of " + SIZE);
  }

  @Test
  void a_card_that_does_not_come_back_ends_the_run() throws Exception {
    PortReset gone =
        () -> {
          loop().detach();
          return "gone";
        };

    MediumFailed failed =
        catchThrowableOfType(
            MediumFailed.class, () -> barrier(gone, Duration.ofMillis(500)).cross(device, true));
    assertThat(failed.error()).isIn("ENODEV", "ENOMEDIUM");
  }

  @Test
  void a_reset_that_fails_is_recorded_and_the_run_goes_on() throws Exception {
    PortReset broken =
        () -> {
          throw new IOException("no helper");
        };

    Crossed crossed = barrier(broken, Duration.ofSeconds(60)).cross(device, true);

    assertThat(crossed.record()).isEqualTo("fsync; reset: none (no helper)");
    assertThat(crossed.reset()).as("nothing was taken from the card's memory").isFalse();
    try (Medium again = crossed.medium()) {
      put(again, 0, (byte) 1);
    }
  }

  @Test
  void a_reader_that_cannot_synchronize_its_cache_is_recorded() throws Exception {
    assertThat(SynchronizeCache.send(device.file())).startsWith("synchronize cache: not possible");
  }

  private String detachAndAttach() throws IOException {
    loop().attachAgain();
    return "detached";
  }

  private LoopFile loop() {
    if (loop == null) {
      throw new IllegalStateException("no loop device");
    }
    return loop;
  }

  private CardBarrier barrier(@Nullable PortReset reset, Duration comeBack) {
    return new CardBarrier(guard, facts, reset, comeBack);
  }

  private static void put(Medium medium, long offset, byte value) throws MediumFailed {
    try (Arena arena = Arena.ofConfined()) {
      medium.write(offset, arena.allocate(4096, 4096).fill(value));
    }
  }

  private static byte get(Medium medium, long offset) throws MediumFailed {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment block = arena.allocate(4096, 4096);
      medium.read(offset, block);
      return block.get(ValueLayout.JAVA_BYTE, 0);
    }
  }
}
