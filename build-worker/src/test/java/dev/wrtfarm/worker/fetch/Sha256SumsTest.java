package dev.wrtfarm.worker.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256SumsTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openwrt-imagebuilder-24.10.0-x86-64.Linux-x86_64.tar.zst",
        "openwrt-imagebuilder-23.05.6-ath79-nand.Linux-x86_64.tar.xz",
        "lede-imagebuilder-17.01.7-ar71xx-generic.Linux-x86_64.tar.xz",
        "openwrt-imagebuilder-x86-64.Linux-x86_64.tar.zst"
      })
  void the_archive_is_found_whatever_its_release_calls_it(String archive) {
    Sha256Sums sums = sums(archive, "openwrt-sdk-24.10.0-x86-64.Linux-x86_64.tar.zst");
    assertThat(sums.archive()).contains(archive);
    assertThat(sums.of(archive).orElseThrow().hex()).isEqualTo(DIGEST);
  }

  @Test
  void a_name_that_leaves_the_folder_is_no_archive() {
    assertThat(sums("../x/openwrt-imagebuilder-1.Linux-x86_64.tar.zst").archive()).isEmpty();
    assertThat(sums("packages/openwrt-imagebuilder-1.x86_64.tar.xz").archive()).isEmpty();
  }

  private static Sha256Sums sums(String... names) {
    StringBuilder text = new StringBuilder("garbage\n");
    for (String each : names) {
      text.append(DIGEST).append(" *").append(each).append('\n');
    }
    return Sha256Sums.parse(text.toString());
  }
}
