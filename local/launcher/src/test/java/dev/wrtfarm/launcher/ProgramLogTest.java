package dev.wrtfarm.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramLogTest {
  @TempDir Path folder;

  @Test
  void a_full_log_is_put_aside_once_and_the_newest_lines_are_kept() throws Exception {
    Path file = folder.resolve("program.log");
    ProgramLog log = new ProgramLog(file, 100);
    log.takeFrom(new ByteArrayInputStream(lines(1, 60)), line -> {});

    assertThat(Files.size(file)).isLessThan(120);
    assertThat(folder.resolve("program.log.1")).exists();
    assertThat(Files.readAllLines(file)).endsWith("line 60");
    assertThat(log.tail().lines()).hasSize(40).startsWith("line 21").endsWith("line 60");
  }

  @Test
  void a_later_start_appends() throws Exception {
    Path file = folder.resolve("program.log");
    new ProgramLog(file, 1000).takeFrom(new ByteArrayInputStream(lines(1, 1)), line -> {});
    new ProgramLog(file, 1000).takeFrom(new ByteArrayInputStream(lines(2, 2)), line -> {});
    assertThat(Files.readAllLines(file)).containsExactly("line 1", "line 2");
  }

  private static byte[] lines(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "line " + i)
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }
}
