package dev.wrtfarm.api.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.submission.Wish;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.ProfileView;
import dev.wrtfarm.common.rest.SubmitBuild;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProfileTest extends FarmTest {
  private static final String YAML =
      """
      title: %s
      release: 24.10.0
      target: x86/64
      profile: generic
      packages: [%s]
      """;

  @Inject BuiltInProfiles builtIn;
  @Inject Profiles profiles;

  @AfterEach
  void listTheOthersAgain() {
    sql("update profile set listed = id not in ('router', 'other-device')");
  }

  @Test
  void every_profile_that_comes_with_the_farm_is_a_valid_recipe() {
    assertThat(profiles.latest()).hasSizeGreaterThan(1);
    for (ProfileView each : profiles.latest()) {
      SubmitBuild submitted = new SubmitBuild(each.id(), null, null, null);
      assertThat(Wish.of(submitted, profiles).recipe().digest()).as(each.id()).isNotNull();
    }
  }

  @Test
  void other_content_is_another_revision_and_the_same_is_not() throws IOException {
    builtIn.load(Map.of("router", YAML.formatted("Router", "htop")));
    builtIn.load(Map.of("router", YAML.formatted("Router", "htop")));
    int before = farm.get("/api/v2/profiles/router").as(200, ProfileView.class).revision();
    builtIn.load(Map.of("router", YAML.formatted("Router", "nano")));
    ProfileView now = farm.get("/api/v2/profiles/router").as(200, ProfileView.class);
    assertThat(now.revision()).isEqualTo(before + 1);
    assertThat(now.recipe().packages()).containsExactly("nano");
    assertThat(
            farm.get("/api/v2/profiles/router@" + before)
                .as(200, ProfileView.class)
                .recipe()
                .packages())
        .containsExactly("htop");
  }

  @Test
  void a_profile_that_the_farm_no_longer_brings_is_not_listed_but_its_revisions_stay()
      throws IOException {
    builtIn.load(Map.of("router", YAML.formatted("Router", "htop")));
    builtIn.load(Map.of("other-device", YAML.formatted("Device", "htop")));
    assertThat(farm.get("/api/v2/profiles").as(200, ProfileView[].class))
        .extracting(ProfileView::id)
        .containsExactly("other-device");
    assertThat(farm.get("/api/v2/profiles/router@1").status()).isEqualTo(200);
  }

  @Test
  void an_unknown_profile_is_told_with_those_that_are_near() {
    assertThat(farm.get("/api/v2/profiles/test-devise").problem(ProblemType.NOT_FOUND).detail())
        .contains("did you mean", "test-device");
    assertThat(farm.get("/api/v2/profiles/test-device@77").problem(ProblemType.NOT_FOUND).detail())
        .contains("latest");
  }
}
