package dev.wrtfarm.api.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.Answer;
import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.FlashFarm;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;

/** One caller may give a build and a flash the same key. */
@QuarkusTest
class KeyScopeTest extends FarmTest {
  private static final String KEY = "the-same";

  @Test
  void a_key_of_a_build_is_none_of_a_flash() {
    agent.present();
    InlineRecipe recipe = Farm.anyRecipe();
    String request = build(recipe).as(202, RequestView.class).id();
    String batch = flash("a");
    assertThat(build(recipe).as(202, RequestView.class).id()).isEqualTo(request);
    assertThat(flash("a")).isEqualTo(batch);

    build(Farm.anyRecipe()).problem(ProblemType.KEY_REUSED);
    flashes.submit(FlashFarm.wish("lab1", "b"), KEY).problem(ProblemType.KEY_REUSED);

    sql("update idempotency_key set created_at = now() - interval '25 hours'");
    assertThat(flash("b")).as("it counts no more").isNotEqualTo(batch);
    build(Farm.anyRecipe()).as(202, RequestView.class);
  }

  private String flash(String slot) {
    return flashes.submit(FlashFarm.wish("lab1", slot), KEY).as(202, FlashView[].class)[0].batch();
  }

  private Answer build(InlineRecipe recipe) {
    return Farm.send(
        HttpRequest.newBuilder(farm.at("/api/v2/builds"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", KEY)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Farm.json(new SubmitBuild(null, recipe, null, null)))));
  }
}
