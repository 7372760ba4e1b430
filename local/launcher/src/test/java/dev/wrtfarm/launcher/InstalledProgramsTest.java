package dev.wrtfarm.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledProgramsTest {
  @TempDir Path folder;
  private Path dist = Path.of(".");
  private InstalledPrograms programs = InstalledPrograms.ofThisMachine();

  @BeforeEach
  void a_program_that_only_its_owner_can_read() throws Exception {
    dist = folder.resolve("checkout/dist");
    Files.createDirectories(dist.resolve("lib"));
    Files.writeString(dist.resolve("program.jar"), "program");
    Files.writeString(dist.resolve("lib/library.jar"), "library");
    Files.setPosixFilePermissions(
        dist.resolve("program.jar"), PosixFilePermissions.fromString("rw-------"));
    Path tool = Files.writeString(dist.resolve("tool"), "tool");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(dist.resolve("lib/library.so"), Path.of("library.so.1"));
    programs = new InstalledPrograms(folder.resolve("a/b/app"));
  }

  @Test
  void the_copy_is_whole_and_readable_for_all() throws Exception {
    Path copy = programs.install(dist);
    assertThat(copy.getFileName()).hasToString("dist");
    assertThat(copy.resolve("lib/library.jar")).hasContent("library");
    assertThat(modeOf(copy.resolve("program.jar"))).isEqualTo("rw-r--r--");
    assertThat(modeOf(copy.resolve("tool"))).isEqualTo("rwxr-xr-x");
    assertThat(modeOf(copy.resolve("lib"))).isEqualTo("rwxr-xr-x");
    assertThat(Files.readSymbolicLink(copy.resolve("lib/library.so")))
        .isEqualTo(Path.of("library.so.1"));
    for (Path above = copy; !above.equals(folder); above = above.resolve("..").normalize()) {
      assertThat(modeOf(above)).isEqualTo("rwxr-xr-x");
    }
  }

  @Test
  void equal_contents_share_a_copy_and_others_get_their_own() throws Exception {
    Path first = programs.install(dist);
    assertThat(programs.install(dist)).isEqualTo(first);
    Files.writeString(dist.resolve("lib/library.jar"), "another library");
    Path second = programs.install(dist);
    assertThat(second).isNotEqualTo(first);
    assertThat(first.resolve("lib/library.jar")).hasContent("library");
  }

  @Test
  void a_single_file_can_be_installed() {
    assertThat(programs.install(dist.resolve("program.jar"))).hasContent("program");
  }

  @Test
  void a_copy_unused_for_a_month_goes() throws Exception {
    Path old = programs.install(dist.resolve("program.jar"));
    Path place = old.resolve("..").normalize();
    Files.setLastModifiedTime(place, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
    programs.install(dist);
    assertThat(place).doesNotExist();
    try (Stream<Path> left = Files.list(folder.resolve("a/b/app"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void a_copy_that_runs_stays_however_old() throws Exception {
    Path old = programs.install(dist.resolve("program.jar"));
    Path place = old.resolve("..").normalize();
    // A command that is not the shell's own would take the shell's place, and with it its name.
    List<String> reading = List.of("sh", "-c", "read line", old.toString());
    Program running = Program.of("sh", reading, folder, folder.resolve("log"));
    try (ChildProcess child = ChildProcess.start(running)) {
      Files.setLastModifiedTime(place, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
      programs.install(dist);
      assertThat(child.isAlive()).isTrue();
      assertThat(old).exists();
    }
  }

  private static String modeOf(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
