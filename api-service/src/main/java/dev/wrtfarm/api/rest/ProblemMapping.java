package dev.wrtfarm.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.wrtfarm.api.artifact.StoreUnavailable;
import dev.wrtfarm.api.build.Expired;
import dev.wrtfarm.api.build.NoSuchThing;
import dev.wrtfarm.api.flash.StateRefused;
import dev.wrtfarm.api.follow.TooManyFollowers;
import dev.wrtfarm.api.imagebuilder.UnknownRelease;
import dev.wrtfarm.api.lease.LeaseLost;
import dev.wrtfarm.api.profile.UnknownProfile;
import dev.wrtfarm.api.submission.KeyReused;
import dev.wrtfarm.api.submission.NoRecord;
import dev.wrtfarm.api.submission.TooManySubmissions;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import dev.wrtfarm.common.value.InvalidValue;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error's one way out: a problem that says what happened and what to do. */
class ProblemMapping {
  private static final Logger LOG = Logger.getLogger(ProblemMapping.class);
  private static final MediaType PROBLEM = new MediaType("application", "problem+json");
  private static final int FIRST_FAILURE = 400;
  private static final int RETRY_AFTER_SECONDS = 2;

  @ServerExceptionMapper
  Response invalid(InvalidValue e) {
    return answer(Problem.of(ProblemType.INVALID_REQUEST, message(e), e.field()));
  }

  @ServerExceptionMapper
  Response unknown(UnknownProfile e, ContainerRequestContext request) {
    // Asked for by its path, it is not there; named in a wish, the wish is wrong.
    return request.getMethod().equals("GET")
        ? answer(Problem.of(ProblemType.NOT_FOUND, message(e)))
        : answer(Problem.of(ProblemType.UNKNOWN_PROFILE, message(e), "profile"));
  }

  @ServerExceptionMapper
  Response unknown(UnknownRelease e) {
    return answer(Problem.of(ProblemType.UNKNOWN_RELEASE, message(e), e.field()));
  }

  @ServerExceptionMapper
  Response missing(NoSuchThing e) {
    return answer(Problem.of(ProblemType.NOT_FOUND, message(e)));
  }

  @ServerExceptionMapper
  Response noRecord(NoRecord e) {
    return answer(Problem.of(ProblemType.NO_RECORD, message(e)));
  }

  @ServerExceptionMapper
  Response expired(Expired e) {
    return answer(Problem.of(ProblemType.EXPIRED, message(e)));
  }

  @ServerExceptionMapper
  Response lost(LeaseLost e) {
    return answer(Problem.of(ProblemType.LEASE_LOST, message(e)));
  }

  @ServerExceptionMapper
  Response refused(StateRefused e) {
    return answer(Problem.of(ProblemType.STATE_REFUSED, message(e)));
  }

  @ServerExceptionMapper
  Response reused(KeyReused e) {
    return answer(Problem.of(ProblemType.KEY_REUSED, message(e), "Idempotency-Key"));
  }

  @ServerExceptionMapper
  Response storeAway(StoreUnavailable e) {
    LOG.warn(message(e));
    return unavailable("the object store does not answer; try again in a moment");
  }

  @ServerExceptionMapper
  Response tooMany(TooManySubmissions e) {
    return unavailable(message(e));
  }

  @ServerExceptionMapper
  Response tooMany(TooManyFollowers e) {
    return unavailable(message(e));
  }

  @ServerExceptionMapper
  Response tooLarge(BodyTooLarge e) {
    return answer(Problem.of(ProblemType.TOO_LARGE, "send at most 1 MiB"));
  }

  @ServerExceptionMapper
  Response json(JsonProcessingException e) {
    return answer(JsonProblem.of(e));
  }

  /** Named apart: Quarkus brings a mapper of its own for these. */
  @ServerExceptionMapper
  Response json(MismatchedInputException e) {
    return answer(JsonProblem.of(e));
  }

  @ServerExceptionMapper
  Response web(WebApplicationException e, HttpServerRequest request) {
    if (e.getResponse().getStatus() < FIRST_FAILURE) {
      return e.getResponse();
    }
    Optional<JsonProcessingException> json = Causes.find(e, JsonProcessingException.class);
    Optional<InvalidValue> invalid = Causes.find(e, InvalidValue.class);
    if (invalid.isPresent()) {
      return invalid(invalid.get());
    }
    if (json.isPresent()) {
      return answer(JsonProblem.of(json.get()));
    }
    String path = request.path();
    int status = e.getResponse().getStatus();
    return switch (status) {
      case 404 -> answer(Problem.of(ProblemType.NOT_FOUND, "there is nothing at " + path));
      case 405 ->
          answer(
              Problem.of(
                  ProblemType.METHOD_NOT_ALLOWED,
                  "%s has no method %s".formatted(path, request.method())));
      case 406 ->
          answer(Problem.of(ProblemType.NOT_ACCEPTABLE, path + " cannot be had in that form"));
      case 413 -> answer(Problem.of(ProblemType.TOO_LARGE, "send at most 1 MiB"));
      case 415 ->
          answer(
              Problem.of(
                  ProblemType.UNSUPPORTED_MEDIA_TYPE, "send Content-Type: application/json"));
      case 400 ->
          answer(Problem.of(ProblemType.INVALID_REQUEST, "the request is not readable: send JSON"));
      default ->
          status < 500
              ? answer(
                  Problem.of(
                      ProblemType.INVALID_REQUEST,
                      "the request was refused (%d)".formatted(status)))
              : other(e, request);
    };
  }

  @ServerExceptionMapper
  Response other(Throwable e, HttpServerRequest request) {
    Optional<InvalidValue> invalid = Causes.find(e, InvalidValue.class);
    if (invalid.isPresent()) {
      return invalid(invalid.get());
    }
    if (Causes.isDatabaseAway(e)) {
      LOG.warnf("%s %s: the database does not answer", request.method(), request.path());
      return unavailable("the database does not answer; try again in a moment");
    }
    if (Causes.isBadText(e)) {
      return answer(
          Problem.of(
              ProblemType.INVALID_REQUEST,
              "a text in the request has characters that none may have"));
    }
    LOG.errorf(e, "%s %s failed", request.method(), request.path());
    return answer(Problem.of(ProblemType.INTERNAL, "the farm made a mistake; its log says more"));
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private static Response unavailable(String detail) {
    return Response.fromResponse(answer(Problem.of(ProblemType.UNAVAILABLE, detail)))
        .header("Retry-After", RETRY_AFTER_SECONDS)
        .build();
  }

  private static Response answer(Problem problem) {
    return Response.status(problem.status()).entity(problem).type(PROBLEM).build();
  }
}
