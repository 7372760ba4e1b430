package dev.wrtfarm.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.rest.ArtifactView;
import dev.wrtfarm.common.rest.BuildView;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildDescriptionTest {
  @Test
  void a_file_that_is_not_kept_any_more_says_so() {
    ArtifactView gone =
        new ArtifactView(
            "image.bin", ArtifactKind.IMAGE, "0".repeat(64), 5 << 20, null, null, "/x", true);
    BuildView build = FarmStandIn.succeeded(List.of(gone));
    assertThat(String.join("\n", BuildDescription.artifacts(build).lines()))
        .contains("expired")
        .doesNotContain("5 MiB");
  }
}
