package dev.wrtfarm.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapesTest {
  @Test
  void paths_versions_and_addresses_do_not_matter() {
    assertThat(
            Shapes.of(
                "Updated list of available packages in"
                    + " /b/openwrt-imagebuilder-24.10.0-x86-64.Linux-x86_64/build_dir/root-x86/../"
                    + "../b/openwrt-imagebuilder-24.10.0-x86-64.Linux-x86_64/dl/openwrt_core"))
        .isEqualTo(
            Shapes.of(
                "Updated list of available packages in"
                    + " /t/sample-imagebuilder-24.10.0-sample-x86-64.Linux-x86_64/dl/sample_base"));
  }

  @Test
  void the_package_that_a_case_is_about_does_matter() {
    assertThat(Shapes.of(" * opkg_install_cmd: Cannot install package nosuchpkg."))
        .isNotEqualTo(Shapes.of(" * opkg_install_cmd: Cannot install package netifd."));
  }

  @Test
  void a_missing_line_does_matter() {
    assertThat(Shapes.of("Collected errors:\nx")).isNotEqualTo(Shapes.of("x"));
  }

  @Test
  void the_order_does_matter() {
    assertThat(Shapes.of("a\nb")).isNotEqualTo(Shapes.of("b\na"));
  }

  @Test
  void a_failed_check_does_matter() {
    assertThat(Shapes.of("Checking 'proper-umask'... failed."))
        .isNotEqualTo(Shapes.of("Checking 'proper-umask'... ok."));
  }
}
