package dev.wrtfarm.sample.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Path PACKAGES =
      Path.of(System.getProperty("wrtfarm.home"), "local/sample-upstream/src/main/packages");

  private static List<String> targets(Catalogue catalogue, Release.Manager manager) {
    Release release =
        catalogue.releases().stream()
            .filter(each -> each.manager() == manager)
            .findFirst()
            .orElseThrow();
    return catalogue.targets(release).stream().map(Target::name).toList();
  }

  @Test
  void one_release_has_the_target_whose_images_boot() throws IOException {
    Catalogue catalogue = Catalogue.read(PACKAGES);
    assertThat(targets(catalogue, Release.Manager.APK))
        .containsExactly("x86/64", "mediatek/filogic", "x86/vm");
    assertThat(targets(catalogue, Release.Manager.OPKG))
        .containsExactly("x86/64", "mediatek/filogic");
  }

  @Test
  void a_host_without_a_kernel_gets_everything_but_that_target() throws IOException {
    Catalogue catalogue = Catalogue.read(PACKAGES).withoutBootableTargets();
    assertThat(targets(catalogue, Release.Manager.APK))
        .containsExactly("x86/64", "mediatek/filogic");
  }
}
