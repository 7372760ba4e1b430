package dev.wrtfarm.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.FailureClass;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.system.cluster.Eventually;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be built says so, clearly, at the right place. */
@ExtendWith(SharedFarm.class)
class BadInputTest {
  private static final Duration BUILD = Duration.ofMinutes(6);

  private final TestFarm farm;
  private final FarmClient client;

  BadInputTest(TestFarm farm) {
    this.farm = farm;
    this.client = farm.client();
  }

  @Test
  void an_unknown_profile_is_refused_and_near_ones_are_named() {
    Problem problem = client.refused("{\"profile\":\"sample-x86-opgk\"}");
    assertThat(problem.type()).isEqualTo(ProblemType.UNKNOWN_PROFILE.urn());
    assertThat(problem.detail()).contains("sample-x86-opgk").contains("sample-x86-opkg");
  }

  @ParameterizedTest
  @CsvSource({
    "24.10.99-sample,x86/64,generic,24.10.99-sample",
    "24.10.0-sample,ath79/nand,generic,ath79/nand",
    "24.10.0-sample,x86/64,genric,generic"
  })
  void what_upstream_does_not_have_is_refused(
      String release, String target, String profile, String named) {
    String body =
        "{\"recipe\":{\"release\":\"%s\",\"target\":\"%s\",\"profile\":\"%s\"}}"
            .formatted(release, target, profile);
    // What upstream does not tell within three seconds is left to a worker to find out.
    AtomicReference<Problem> told = new AtomicReference<>();
    Eventually.holds("upstream has told", BUILD, () -> isRefused(body, told));
    Problem problem = told.get();
    assertThat(problem.type()).isEqualTo(ProblemType.UNKNOWN_RELEASE.urn());
    assertThat(problem.detail()).contains(named);
  }

  private boolean isRefused(String body, AtomicReference<Problem> told) {
    HttpResponse<String> answer = client.post(body);
    if (answer.statusCode() < 400 || answer.statusCode() >= 500) {
      return false;
    }
    told.set(FarmClient.problem(answer));
    return true;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"profile\":\"sample-x86-opkg\",\"packages\":[\"$(shell touch /tmp/x)\"]}",
        "{\"profile\":\"sample-x86-opkg\",\"packages\":[\"`id`\"]}",
        "{\"profile\":\"sample-x86-opkg\",\"packages\":[\"a;b\"]}",
        "{\"profile\":\"../../etc/passwd\"}",
        "{\"recipe\":{\"release\":\"../..\",\"target\":\"x86/64\",\"profile\":\"generic\"}}",
        "{\"recipe\":{\"release\":\"24.10.0-sample\",\"target\":\"x86/../64\",\"profile\":\"g\"}}",
        "{\"recipe\":{\"release\":\"24.10.0-sample\",\"target\":\"x86/64\"}}",
        "{\"profile\":\"sample-x86-opkg\",\"unheardOf\":1}",
        "{\"profile\":\"sample-x86-opkg\",\"priority\":1000}",
        "{\"profile\":",
        "[]",
        "{}",
        ""
      })
  void hostile_and_broken_requests_are_refused_by_name(String body) {
    Problem problem = client.refused(body);
    assertThat(problem.status()).as(problem.toString()).isIn(400, 422);
    assertThat(problem.detail()).isNotBlank().doesNotContain("Exception").doesNotContain("dev.");
  }

  @ParameterizedTest
  @CsvSource({
    "sample-x86-opkg,no-such-package,PACKAGE_MISSING,no-such-package",
    "sample-x86-apk,no-such-package,PACKAGE_MISSING,no-such-package",
    "sample-x86-opkg,brokendep,DEPENDENCY_MISSING,brokendep",
    "sample-x86-apk,brokendep,DEPENDENCY_MISSING,brokendep",
    "sample-x86-opkg,badpostinst,PACKAGE_SCRIPT_FAILED,badpostinst",
    "sample-x86-apk,badpostinst,PACKAGE_SCRIPT_FAILED,badpostinst",
    "sample-tiny-opkg,bigpkg,IMAGE_TOO_BIG,2.0 MiB"
  })
  void a_build_that_cannot_be_ends_at_once_with_its_reason(
      String profile, String packageName, FailureReason reason, String named) {
    RequestView request = client.submit(profile, packageName);
    BuildView build = client.awaitEnd(request.build().id(), BUILD);

    assertThat(build.state()).isEqualTo(BuildState.FAILED);
    assertThat(build.failure()).isNotNull();
    assertThat(build.failure().reason()).as(build.failure().toString()).isEqualTo(reason);
    assertThat(build.failure().message()).contains(named);
    assertThat(reason.failureClass()).isEqualTo(FailureClass.USER);
    assertThat(build.attempts()).hasSize(1);
    assertThat(build.artifacts()).noneMatch(each -> each.type() != null);
    assertThat(client.log(build.id())).isNotBlank();
  }

  @Test
  void the_command_line_explains_a_failed_build_and_exits_with_3() {
    CommandRun run = farm.run("build", "sample-x86-opkg", "--package", "conflict-of-nothing");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
    assertThat(run.err()).contains("conflict-of-nothing").contains("check the package's name");
  }

  @Test
  void the_command_line_refuses_an_unknown_profile_with_2() {
    CommandRun run = farm.run("build", "sample-x86-opgk");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.err()).contains("sample-x86-opkg").doesNotContain("Exception");
  }
}
