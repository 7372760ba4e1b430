package dev.wrtfarm.sample.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootPartsCacheTest {
  @TempDir Path folder;

  private BootPartsCache cache(String... tools) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (int i = 0; i < tools.length; i += 2) {
      Path tool = bin.resolve(tools[i]);
      Files.writeString(tool, "#!/bin/sh\n" + tools[i + 1] + "\n");
      assertThat(tool.toFile().setExecutable(true)).isTrue();
    }
    return new BootPartsCache(folder.resolve("cache"), bin.toString());
  }

  private static String reason(BootParts parts) {
    assertThat(parts).isInstanceOf(BootParts.Missing.class);
    return ((BootParts.Missing) parts).reason();
  }

  @Test
  void a_host_without_debians_package_tools_has_no_parts_and_says_so() throws Exception {
    assertThat(reason(cache().fetch())).contains("apt-", "No such file or directory");
  }

  @Test
  void a_host_without_a_network_has_no_parts_and_says_what_the_tools_said() throws Exception {
    BootPartsCache cache =
        cache(
            "apt-cache", "echo '  Depends: linux-image-1'",
            "apt-get",
                "case \"$*\" in *update*) exit 0 ;; esac; echo 'E: Unable to fetch some archives'; exit 100");
    assertThat(reason(cache.fetch())).contains("apt-get", "E: Unable to fetch some archives");
    assertThat(reason(cache.look())).contains("nothing has been fetched");
    try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void what_was_fetched_once_is_asked_of_nobody_again() throws Exception {
    Path parts = Files.createDirectories(folder.resolve("cache/parts"));
    Files.writeString(parts.resolve("packages"), "linux-image-1.deb\nsyslinux.deb\n");
    BootParts found = cache("apt-get", "exit 1", "apt-cache", "exit 1").fetch();
    assertThat(found.identity()).isEqualTo("linux-image-1.deb syslinux.deb");
  }
}
