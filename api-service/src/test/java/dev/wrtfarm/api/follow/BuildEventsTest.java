package dev.wrtfarm.api.follow;

import static dev.wrtfarm.api.TestWorker.produced;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.EventStream;
import dev.wrtfarm.api.EventStream.Event;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestWorker.Held;
import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.problem.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BuildEventsTest extends FarmTest {

  @Test
  void a_follower_sees_state_stage_log_and_at_last_the_end() {
    String id = queue();
    try (EventStream events = EventStream.open(farm, id)) {
      Event first = events.next().orElseThrow();
      assertThat(first.name()).isEqualTo("state");
      assertThat(first.data().get("build").asText()).isEqualTo(id);
      assertThat(first.data().get("state").asText()).isEqualTo("QUEUED");
      Held held = worker.claim();
      Event running = events.next("state");
      assertThat(running.data().get("state").asText()).isEqualTo("RUNNING");
      assertThat(running.data().get("attempt").asInt()).isEqualTo(1);
      assertThat(running.data().get("worker").asText()).isEqualTo("worker-1");
      worker.heartbeat(held);
      Event stage = events.next("stage");
      assertThat(stage.data().get("stage").asText()).isEqualTo("ASSEMBLE");
      assertThat(stage.data().get("detail").asText()).isEqualTo("making it");
      worker.log(held, 0, "one line ✓\n");
      assertThat(events.next("log").text()).isEqualTo("one line ✓\n");
      succeed(held, "one line ✓\nand its end\n");
      List<Event> rest = events.rest();
      assertThat(EventStream.log(rest)).isEqualTo("and its end\n");
      assertThat(rest).extracting(Event::name).endsWith("end").containsOnlyOnce("end", "state");
      assertThat(rest.getLast().data().get("state").asText()).isEqualTo("SUCCEEDED");
      assertThat(rest.getLast().data().get("artifacts")).hasSize(2);
    }
  }

  @Test
  void a_follower_goes_on_in_the_middle_of_the_log() {
    String id = queue();
    Held held = worker.claim();
    worker.log(held, 0, "one\n");
    String place;
    try (EventStream events = EventStream.open(farm, id)) {
      Event log = events.next("log");
      assertThat(log.text()).isEqualTo("one\n");
      place = log.id();
    }
    worker.log(held, 1, "two\n");
    try (EventStream events = EventStream.open(farm, id, place)) {
      Event log = events.next().orElseThrow();
      assertThat(log.name()).as("the state is known").isEqualTo("log");
      assertThat(log.text()).isEqualTo("two\n");
      place = log.id();
    }
    worker.fail(held, FailureReason.PACKAGE_MISSING);
    try (EventStream events = EventStream.open(farm, id, place)) {
      assertThat(events.rest()).extracting(Event::name).containsExactly("state", "end");
    }
  }

  @Test
  void whoever_goes_on_between_a_state_and_its_stage_gets_the_stage() {
    String id = queue();
    Held held = worker.claim();
    worker.heartbeat(held);
    Event state;
    try (EventStream events = EventStream.open(farm, id)) {
      state = events.next().orElseThrow();
      assertThat(state.name()).isEqualTo("state");
    }
    Event stage;
    try (EventStream events = EventStream.open(farm, id, state.id())) {
      stage = events.next("stage");
      assertThat(stage.data().get("stage").asText()).isEqualTo("ASSEMBLE");
    }
    worker.log(held, 0, "one line\n");
    try (EventStream events = EventStream.open(farm, id, stage.id())) {
      assertThat(events.next().orElseThrow().name()).as("the stage is known").isEqualTo("log");
    }
  }

  @Test
  void a_long_chunk_is_told_in_pieces_and_gone_on_with_in_its_middle() {
    String id = queue();
    Held held = worker.claim();
    String text = ("€".repeat(30) + "\n").repeat(2_000);
    worker.log(held, 0, text);
    Event first;
    try (EventStream events = EventStream.open(farm, id)) {
      first = events.next("log");
    }
    assertThat(first.text().length()).isLessThan(text.length());
    StringBuilder told = new StringBuilder(first.text());
    try (EventStream events = EventStream.open(farm, id, first.id())) {
      while (told.length() < text.length()) {
        told.append(events.next("log").text());
      }
    }
    assertThat(told).hasToString(text);
    succeed(held, text + "end\n");
    try (EventStream events = EventStream.open(farm, id, first.id())) {
      assertThat(first.text() + EventStream.log(events.rest())).isEqualTo(text + "end\n");
    }
  }

  @Test
  void a_follower_goes_on_in_the_artifact_when_the_rows_have_gone() {
    String id = queue();
    Held held = worker.claim();
    worker.log(held, 0, "eins\n");
    worker.log(held, 1, "zwölf\n");
    String afterBoth;
    try (EventStream events = EventStream.open(farm, id)) {
      StringBuilder text = new StringBuilder();
      do {
        Event log = events.next("log");
        text.append(log.text());
        afterBoth = log.id();
      } while (text.length() < "eins\nzwölf\n".length());
    }
    succeed(held, "eins\nzwölf\nvierzig\n");
    assertThat(value("select count(*) from log_chunk")).isEqualTo("0");
    try (EventStream events = EventStream.open(farm, id, afterBoth)) {
      assertThat(EventStream.log(events.rest())).isEqualTo("vierzig\n");
    }
    try (EventStream events = EventStream.open(farm, id)) {
      assertThat(EventStream.log(events.rest())).isEqualTo("eins\nzwölf\nvierzig\n");
    }
  }

  @Test
  void a_follower_goes_on_through_attempts() {
    String id = queue();
    Held first = worker.claim();
    worker.log(first, 0, "first\n");
    String place;
    try (EventStream events = EventStream.open(farm, id)) {
      place = events.next("log").id();
    }
    worker.log(first, 1, "more of it\n");
    loseLease(first);
    Farm.eventually("the build is reaped", () -> farm.build(id).state().name().equals("QUEUED"));
    makeClaimable();
    Held second = farm.worker("worker-2").claim();
    worker.log(second, 0, "second\n");
    String mark = "\n=== attempt 1 lost; attempt 2, worker-2 ===\n";
    try (EventStream events = EventStream.open(farm, id, place)) {
      StringBuilder text = new StringBuilder();
      while (text.indexOf("second") < 0) {
        Event log = events.next("log");
        text.append(log.text());
        place = log.id();
      }
      assertThat(text).hasToString("more of it\n" + mark + "second\n");
    }
    succeed(second, "second\nlast\n");
    try (EventStream events = EventStream.open(farm, id, place)) {
      assertThat(EventStream.log(events.rest())).isEqualTo("last\n");
    }
    String whole = "first\nmore of it\n" + mark + "second\nlast\n";
    try (EventStream events = EventStream.open(farm, id)) {
      assertThat(EventStream.log(events.rest())).isEqualTo(whole);
    }
    assertThat(farm.get("/api/v2/builds/" + id + "/log").body()).isEqualTo(whole);
  }

  @Test
  void the_log_of_a_failed_attempt_is_read_from_its_artifact() {
    String id = queue();
    Held first = worker.claim();
    worker.log(first, 0, "first\n");
    byte[] log = "first\nit failed\n".getBytes(UTF_8);
    worker.send(first, log);
    worker.fail(first, FailureReason.DISK_FULL, produced("build.log", ArtifactKind.LOG, log));
    makeClaimable();
    Held second = worker.claim();
    worker.log(second, 0, "second\n");
    worker.fail(second, FailureReason.PACKAGE_MISSING);
    try (EventStream events = EventStream.open(farm, id)) {
      List<Event> all = events.rest();
      assertThat(EventStream.log(all))
          .isEqualTo("first\nit failed\n\n=== attempt 1 failed; attempt 2, worker-1 ===\nsecond\n");
      assertThat(all.getLast().data().at("/failure/reason").asText()).isEqualTo("PACKAGE_MISSING");
    }
  }

  @Test
  void who_has_heard_the_end_is_told_to_ask_no_more() {
    String id = queue();
    worker.fail(worker.claim(), FailureReason.PACKAGE_MISSING);
    try (EventStream events = EventStream.open(farm, id)) {
      Event end = events.next("end");
      assertThat(events.next()).isEmpty();
      Answer again = follow(id, end.id());
      assertThat(again.status()).isEqualTo(204);
      assertThat(again.body()).isEmpty();
    }
  }

  @Test
  void a_follower_that_goes_away_is_forgotten() {
    try (EventStream events = EventStream.open(farm, queue())) {
      events.next("state");
      assertThat(farm.get("/q/metrics").body()).doesNotContain("wrtfarm_followers 0.0");
    }
    Farm.eventually(
        "nobody follows", () -> farm.get("/q/metrics").body().contains("wrtfarm_followers 0.0"));
  }

  @Test
  void what_is_wrong_is_told_before_the_stream_begins() {
    follow("b-0000000000000000", "").problem(ProblemType.NOT_FOUND);
    String id = queue();
    for (String bad :
        new String[] {"x", "1.0.0", "1.0.0-neu", "1.0.-1-new", "9.0.0-new", "1-end"}) {
      assertThat(follow(id, bad).problem(ProblemType.INVALID_REQUEST).field())
          .isEqualTo("Last-Event-ID");
    }
  }

  @Test
  void the_events_of_a_request_are_those_of_its_build() {
    var request = farm.queue(Farm.anyRecipe());
    Answer answer = farm.get("/api/v2/requests/" + request.id() + "/events");
    assertThat(answer.status()).isEqualTo(307);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .endsWith("/api/v2/builds/" + request.build().id() + "/events");
    farm.get("/api/v2/requests/r-0000000000000000/events").problem(ProblemType.NOT_FOUND);
  }

  private String queue() {
    return farm.queue(Farm.anyRecipe()).build().id();
  }

  private Answer follow(String build, String after) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(farm.at("/api/v2/builds/" + build + "/events"))
            .header("Accept", "text/event-stream");
    return Farm.send(after.isEmpty() ? request : request.header("Last-Event-ID", after));
  }

  private void succeed(Held held, String log) {
    worker.resolved(held, "any-" + held.build());
    byte[] image = bytes();
    byte[] whole = log.getBytes(UTF_8);
    worker.send(held, image, whole);
    worker.complete(
        held,
        produced("a.img", ArtifactKind.IMAGE, image),
        produced("build.log", ArtifactKind.LOG, whole));
  }
}
