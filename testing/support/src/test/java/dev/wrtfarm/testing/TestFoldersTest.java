package dev.wrtfarm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.launcher.FolderTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestFoldersTest {
  @Test
  void an_old_file_with_such_a_name_is_no_folder_to_sweep() throws Exception {
    Path old = Files.createTempFile("wrtfarm-test-old-", ".properties");
    try {
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
      FolderTree.delete(TestFolders.make());
      assertThat(old).exists();
    } finally {
      Files.delete(old);
    }
  }
}
