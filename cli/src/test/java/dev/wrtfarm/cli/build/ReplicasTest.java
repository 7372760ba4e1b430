package dev.wrtfarm.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.cli.CliRun;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm with several addresses, not all of which answer. */
class ReplicasTest {
  @TempDir private Path folder;
  private FarmStandIn one;
  private FarmStandIn two;

  @BeforeEach
  void two_replicas() throws IOException {
    one = new FarmStandIn();
    two = new FarmStandIn();
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void an_address_where_nobody_is_costs_nothing() {
    two.looks.add(FarmStandIn.succeeded());
    one.close();
    assertThat(run("build", "sample", "--no-download").code()).isZero();
  }

  @Test
  void a_replica_that_cannot_answer_now_is_passed_over() {
    one.refuse(ProblemType.UNAVAILABLE);
    two.looks.add(FarmStandIn.succeeded());
    assertThat(run("build", "sample", "--no-download").code()).isZero();
  }

  @Test
  void a_refusal_is_an_answer() {
    one.refuse(ProblemType.UNKNOWN_PROFILE);
    two.looks.add(FarmStandIn.succeeded());
    assertThat(run("build", "sample").code()).isEqualTo(2);
    assertThat(two.bodies).isEmpty();
  }

  @Test
  void a_submission_whose_answer_is_lost_is_made_again_with_the_same_key() {
    one.hangsUp.set(true);
    two.looks.add(FarmStandIn.succeeded());
    assertThat(run("build", "sample", "--no-download").code()).isZero();
    assertThat(two.keys).hasSize(1).allMatch(key -> key.length() >= 32);
    assertThat(one.keys).isNotEmpty().allMatch(key -> key.equals(two.keys.peek()));
  }

  @Test
  void each_submission_has_a_key_of_its_own() {
    one.looks.add(FarmStandIn.succeeded());
    run("build", "sample", "--no-download");
    run("build", "sample", "--no-download");
    assertThat(one.keys).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void the_environment_names_several_too() {
    two.looks.add(FarmStandIn.succeeded());
    one.close();
    String urls = one.url() + " , " + two.url() + "/";
    CliRun run = CliRun.in(folder, Map.of("WRTFARM_API", urls), "build", "sample", "--no-download");
    assertThat(run.code()).isZero();
  }

  @Test
  void when_none_answers_all_are_named() {
    one.refuse(ProblemType.UNAVAILABLE);
    two.close();
    CliRun run = run("build", "sample");
    assertThat(run.code()).isEqualTo(6);
    assertThat(run.err())
        .contains("no address of the farm answers", one.url() + " answers HTTP 503", two.url());
  }

  @Test
  void a_build_is_followed_at_another_replica_when_one_goes() {
    one.looks.add(FarmStandIn.running(Stage.FETCH, 10));
    two.looks.add(FarmStandIn.succeeded());
    Thread.ofVirtual()
        .start(() -> {
          while (one.looked.get() < 3) {
            LockSupport.parkNanos(5_000_000);
          }
          one.close();
        });
    CliRun run = run("build", "sample", "--no-download");
    assertThat(run.err()).contains("fetch", "0123456789abcdef");
    assertThat(run.code()).isZero();
  }

  @Test
  void a_followed_log_goes_on_where_it_broke_off() {
    one.streams.add(
        event("1.0.0-a", "state", "{\"state\":\"RUNNING\"}")
            + event("1.1.4-a", "log", "{\"text\":\"one\\n\"}")
            + ":\n\n"
            + "id:1.2.8-a\nevent:log\ndata:{\"text\":\"half");
    two.streams.add(
        event("1.2.8-a", "log", "{\"text\":\"two\\nth\"}") + event("1.3.9-a", "stage", "{}"));
    two.streams.add(
        event("1.4.0-a", "log", "{\"text\":\"ree\\n\"}") + event("1.4.0-end", "end", "{}"));

    CliRun run = run("log", "--follow", "b-1");

    assertThat(run.out()).isEqualTo("one\ntwo\nthree\n");
    assertThat(run.code()).isZero();
    assertThat(one.lastEvents.peek()).isEmpty();
    assertThat(List.copyOf(two.lastEvents)).containsExactly("1.1.4-a", "1.3.9-a");
  }

  private static String event(String id, String name, String data) {
    return "id:%s\nevent:%s\nretry:2000\ndata:%s\n\n".formatted(id, name, data);
  }

  private CliRun run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--api";
    all[arguments.length + 1] = one.url() + "," + two.url();
    return CliRun.in(folder, all);
  }
}
