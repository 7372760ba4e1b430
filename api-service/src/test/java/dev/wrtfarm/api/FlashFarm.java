package dev.wrtfarm.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.rest.ConfirmFlash;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.SubmitFlash;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import dev.wrtfarm.common.value.Sha256;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The farm's flash jobs, as an operator sees them. */
public final class FlashFarm {
  public static final String IMAGE = Sha256.of("an image").hex();
  private static final String JOBS = "/api/v2/flash-jobs";

  private final Farm farm;

  FlashFarm(Farm farm) {
    this.farm = farm;
  }

  public TestAgent agent(String host, String... slots) {
    return new TestAgent(farm, host, slots);
  }

  public Answer get(String path) {
    return Farm.send(
        HttpRequest.newBuilder(farm.at(path)).header("Authorization", "Bearer " + Farm.OPERATOR));
  }

  public Answer post(String path, Object body) {
    return farm.post(JOBS + path, Farm.json(body), "application/json", Farm.OPERATOR);
  }

  public Answer submit(SubmitFlash wish, @Nullable String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(farm.at(JOBS))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + Farm.OPERATOR)
            .POST(HttpRequest.BodyPublishers.ofString(Farm.json(wish)));
    return Farm.send(key == null ? request : request.header("Idempotency-Key", key));
  }

  /** An image from a URL, for these slots of a host. */
  public static SubmitFlash wish(String host, String... slots) {
    return new SubmitFlash(
        null,
        null,
        null,
        "https://images.example/openwrt.img.gz",
        IMAGE,
        Arrays.stream(slots).map(slot -> new FlashTarget(host, slot)).toList(),
        null,
        null);
  }

  public static SubmitFlash unattended(SubmitFlash wish) {
    return new SubmitFlash(
        wish.kind(),
        wish.build(),
        wish.artifact(),
        wish.url(),
        wish.sha256(),
        wish.targets(),
        wish.options(),
        true);
  }

  public List<FlashView> submit(SubmitFlash wish) {
    return List.of(submit(wish, null).as(202, FlashView[].class));
  }

  public FlashView submit(String host, String slot) {
    return submit(wish(host, slot)).getFirst();
  }

  public FlashView job(String id) {
    return get(JOBS + "/" + id).as(200, FlashView.class);
  }

  public FlashState state(String id) {
    return job(id).state();
  }

  public Answer confirm(String id, String slot, String token) {
    return post("/" + id + "/confirm", new ConfirmFlash(slot, token));
  }

  public Answer cancel(String id) {
    return Farm.send(
        HttpRequest.newBuilder(farm.at(JOBS + "/" + id))
            .header("Authorization", "Bearer " + Farm.OPERATOR)
            .DELETE());
  }

  /** From REQUESTED to a confirmed plan. */
  public FlashPlan confirmed(TestAgent agent, String job) {
    Held planning = agent.claim();
    assertThat(planning.job()).isEqualTo(job);
    FlashPlan plan = agent.planned(planning);
    assertThat(confirm(job, plan.slot(), plan.token()).as(200, FlashView.class).state())
        .isEqualTo(FlashState.CONFIRMED);
    return plan;
  }

  /** From REQUESTED to the farm's word to write. */
  public Held writing(TestAgent agent, String job) {
    confirmed(agent, job);
    Held held = agent.claim();
    assertThat(agent.told(held, FlashState.WRITING)).isEqualTo(FlashState.WRITING);
    return held;
  }

  /** From nothing to a passed flash. */
  public FlashView passed(TestAgent agent, String slot) {
    String job = submit(agent.host(), slot).id();
    Held held = writing(agent, job);
    agent.told(held, FlashState.VERIFYING);
    assertThat(agent.ended(held, Verdict.PASSED)).isEqualTo(FlashState.PASSED);
    return Objects.requireNonNull(job(job));
  }
}
