package dev.wrtfarm.flash.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.device.DeviceRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortLockTest {
  private static final String PORT = "pci-0000:00:14.0-usb-0:2:1.0-scsi-0:0:0:0";

  @TempDir Path folder;

  @Test
  void one_has_it_and_the_next_gets_it_afterwards() throws Exception {
    try (PortLock first = take(PORT);
        PortLock elsewhere = take("another port")) {
      assertThat(first).isNotSameAs(elsewhere);
      DeviceRefused refused = catchThrowableOfType(DeviceRefused.class, () -> take(PORT).close());
      assertThat(refused.reason()).isEqualTo(RefusalReason.IN_USE);
      assertThat(refused).hasMessageContainingAll(PORT, "fuser " + folder);
      assertThat(files())
          .hasSize(2)
          .allSatisfy(file -> {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .as("other users have to see it")
                .isEqualTo("rw-r--r--");
          });
    }
    assertThat(files()).isEmpty();
    take(PORT).close();
  }

  @Test
  void what_a_killed_process_left_is_no_obstacle() throws Exception {
    Path file;
    try (PortLock first = take(PORT)) {
      assertThat(first).isNotNull();
      file = files().getFirst();
    }
    Files.createFile(file);

    take(PORT).close();
  }

  @Test
  void a_file_that_was_deleted_under_its_holder_is_no_lock_for_the_next() throws Exception {
    try (PortLock first = take(PORT)) {
      assertThat(first).isNotNull();
      Files.delete(files().getFirst());
      try (PortLock second = take(PORT)) {
        assertThat(second).isNotNull();
        assertThat(catchThrowableOfType(DeviceRefused.class, () -> take(PORT).close())).isNotNull();
      }
    }
  }

  @Test
  void a_link_in_its_place_is_not_followed() throws Exception {
    Path file;
    try (PortLock first = take(PORT)) {
      assertThat(first).isNotNull();
      file = files().getFirst();
    }
    Files.createSymbolicLink(file, Files.createFile(folder.resolve("target")));

    assertThat(catchThrowableOfType(IOException.class, () -> take(PORT).close()))
        .hasMessageContaining(file.toString());
  }

  @Test
  void where_there_is_no_place_for_it_there_is_none_and_that_is_said() throws Exception {
    Path none = folder.resolve("none");

    assertThat(PortLock.take(none, PORT)).isEmpty();
    assertThat(PortLock.missing(none)).get().asString().contains(none.toString(), "data folder");
    assertThat(PortLock.missing(folder)).isEmpty();
  }

  private PortLock take(String port) throws DeviceRefused, IOException {
    return PortLock.take(folder, port).orElseThrow();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }
}
