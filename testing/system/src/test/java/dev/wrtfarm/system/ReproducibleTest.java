package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two farms that never met, each with a cold cache, make the same bytes of the same request. */
@ExtendWith(SharedFarm.class)
class ReproducibleTest {
  private static final Duration BUILD = Duration.ofMinutes(6);
  private static final List<String> PROFILES =
      List.of("sample-x86-opkg", "sample-x86-apk", "sample-router-opkg", "sample-router-apk");

  private final TestFarm farm;

  ReproducibleTest(TestFarm farm) {
    this.farm = farm;
  }

  @Test
  void images_are_byte_for_byte_equal() {
    try (TestFarm other = TestFarm.start(1)) {
      for (String profile : PROFILES) {
        BuildView here = built(farm, profile);
        BuildView there = built(other, profile);
        assertThat(images(there)).isNotEmpty().isEqualTo(images(here));
        assertThat(there.imageId()).isEqualTo(here.imageId());
      }
    }
  }

  private static BuildView built(TestFarm farm, String profile) {
    return farm.client().awaitEnd(farm.client().submit(profile, "luci").build().id(), BUILD);
  }

  private static Map<String, String> images(BuildView build) {
    return build.artifacts().stream()
        .filter(each -> each.kind() == ArtifactKind.IMAGE)
        .collect(Collectors.toMap(ArtifactView::name, ArtifactView::sha256));
  }
}
