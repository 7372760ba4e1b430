package dev.wrtfarm.sample.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

class SiteBuilderMainTest {
  private static final Path MODULE =
      Path.of(System.getProperty("wrtfarm.home"), "local/sample-upstream");

  @Test
  void a_tree_of_the_same_sources_is_left_alone() throws Exception {
    Path list = MODULE.resolve("target/site/.versions.json");
    FileTime before = Files.getLastModifiedTime(list);
    SiteBuilderMain.main(
        new String[] {
          MODULE.resolve("src/main").toString(),
          MODULE.resolve("target").toString(),
          System.getProperty("user.home") + "/.cache/wrtfarm/sample-boot"
        });
    assertThat(Files.getLastModifiedTime(list)).isEqualTo(before);
  }

  @Test
  void keys_stay_and_are_not_for_everybody() throws Exception {
    Path keys = MODULE.resolve("target/keys");
    assertThat(SigningKey.in(keys, "sample-usign").rawPublic())
        .isEqualTo(SigningKey.in(keys, "sample-usign").rawPublic());
    assertThat(Files.getPosixFilePermissions(keys.resolve("sample-usign.pkcs8"))).hasSize(2);
  }
}
