package dev.wrtfarm.worker.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path dir;

  @Test
  void folders_that_a_build_made_hard_to_delete_go_too() throws Exception {
    Path victim = Files.createDirectory(dir.resolve("attempt"));
    python(
        victim,
        """
        import os
        os.makedirs('closed/inside'); open('closed/inside/file', 'w').close()
        os.symlink('/etc', 'link')
        os.chmod('closed/inside', 0o500); os.chmod('closed', 0o000)
        for _ in range(3000):
            os.mkdir('dd'); os.chdir('dd')
        """);
    Folders.delete(victim);
    assertThat(victim).doesNotExist();
    assertThat(Path.of("/etc/passwd")).exists();
  }

  @Test
  void a_link_in_the_place_of_the_folder_is_not_followed() throws Exception {
    Path other = Files.createDirectories(dir.resolve("other/inside"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("other"));
    Folders.delete(link);
    assertThat(other).exists();
  }

  private static void python(Path in, String script) throws Exception {
    Process process =
        new ProcessBuilder("python3", "-c", script).directory(in.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }
}
