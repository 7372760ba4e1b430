package dev.wrtfarm.flash.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test that fails half-way leaves no device behind. */
class LoopFileTest {
  @TempDir Path folder;

  @Test
  void everything_is_taken_away_also_when_one_part_cannot_be() throws IOException {
    Path file = folder.toRealPath().resolve("card");
    LoopFile loop = LoopFile.make(file, 1 << 20);
    Path upper = loop.stack().node();
    loop.atTheEnd("false");
    assertThat(LoopFile.run("losetup", "--associated", file.toString())).contains(loop.node());

    assertThat(catchThrowableOfType(IOException.class, loop::close)).hasMessageContaining("false");

    assertThat(LoopFile.run("losetup", "--associated", file.toString())).isEmpty();
    assertThat(LoopFile.run("losetup", "--associated", loop.node())).as("%s", upper).isEmpty();
    Files.delete(file);
    loop.close();
  }
}
