package dev.wrtfarm.api.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.api.Farm;
import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.build.Builds;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.rest.RequestView;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each change of a request, from each of its states, with its build in each of its own. */
@QuarkusTest
@SuppressWarnings("NullAway.Init")
class RequestStateTest extends FarmTest {
  @Inject Builds builds;
  @Inject Requests requests;
  @Inject RequestStates states;

  static Stream<Arguments> everything() {
    return Stream.of(RequestTransition.values())
        .flatMap(change ->
            Stream.of(RequestState.values())
                .flatMap(state ->
                    Stream.of(BuildState.values())
                        .map(build -> Arguments.of(change, state, build))));
  }

  @ParameterizedTest(name = "{0} of {1} while the build is {2}")
  @MethodSource("everything")
  void an_open_request_is_cancelled_while_its_build_has_not_ended_and_else_never(
      RequestTransition change, RequestState state, BuildState build) {
    RequestView made = farm.queue(Farm.anyRecipe());
    awaitOffersSent();
    sql(
        """
        update build set state = '%1$s', worker = 'worker-1',
          lease_until = now() + interval '1 hour',
          ended_at = case when '%1$s' in ('QUEUED', 'RUNNING') then null else now() end,
          reused_from = case when '%1$s' = 'REUSED' then id end,
          failure_reason = case when '%1$s' = 'FAILED' then 'UNKNOWN' end
        """
            .formatted(build));
    if (state == RequestState.CANCELLED) {
      sql("update request set cancelled_at = now() - interval '1 minute'");
    }
    String before = value("select to_jsonb(r) from request r");
    boolean allowed =
        state == RequestState.OPEN && (build == BuildState.QUEUED || build == BuildState.RUNNING);
    if (allowed) {
      change(change, made);
      assertThat(value("select cancelled_at is not null from request")).isEqualTo("true");
    } else {
      assertThatThrownBy(() -> change(change, made)).hasMessageContaining("impossible");
      assertThat(value("select to_jsonb(r) from request r")).isEqualTo(before);
      // A caller who cancels too late, or twice, hears no error and changes nothing.
      assertThat(farm.delete("/api/v2/requests/" + made.id()).status()).isEqualTo(204);
      assertThat(value("select to_jsonb(r) from request r")).isEqualTo(before);
      assertThat(value("select state from build")).isEqualTo(build.name());
    }
  }

  private void change(RequestTransition change, RequestView made) {
    QuarkusTransaction.requiringNew()
        .run(() ->
            states.change(
                change, requests.findById(made.id()), builds.findById(made.build().id())));
  }
}
