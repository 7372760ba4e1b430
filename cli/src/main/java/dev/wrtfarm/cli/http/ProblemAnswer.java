package dev.wrtfarm.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrtfarm.cli.output.Json;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an answer that is no success means for the one who runs a command. */
final class ProblemAnswer {
  private static final int SERVER_ERROR = 500;

  private ProblemAnswer() {}

  static CommandFailed of(int status, URI uri, String body) {
    return parsed(body)
        .map(problem -> new CommandFailed(exitCode(problem), text(problem), hint(problem)))
        .orElseGet(() -> unknown(status, uri));
  }

  private static Optional<Problem> parsed(String body) {
    try {
      // A body that is JSON, but no problem, has none of the members.
      return Optional.ofNullable(Json.MAPPER.readValue(body, Problem.class))
          .filter(
              problem -> Stream.of(problem.type(), problem.detail()).allMatch(ProblemAnswer::is));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean is(@Nullable Object member) {
    return member != null;
  }

  private static String text(Problem problem) {
    String field = problem.field();
    boolean named = field == null || problem.detail().contains(field);
    return named ? problem.detail() : field + ": " + problem.detail();
  }

  private static @Nullable String hint(Problem problem) {
    return switch (typeOf(problem).orElse(ProblemType.INTERNAL)) {
      case UNKNOWN_PROFILE -> "'wrtfarm profiles' lists those that the farm has";
      case TOKEN_MISSING, TOKEN_REFUSED ->
          "name a file with the operator's token by WRTFARM_TOKEN_FILE, or run as the farm's user";
      case NO_RECORD -> "without --reuse-only the farm builds it";
      case UNAVAILABLE -> "'wrtfarm status' shows what runs";
      default -> null;
    };
  }

  private static int exitCode(Problem problem) {
    return typeOf(problem).map(ProblemType::exitCode).orElseGet(() -> byStatus(problem.status()));
  }

  private static Optional<ProblemType> typeOf(Problem problem) {
    return Stream.of(ProblemType.values())
        .filter(type -> type.urn().equals(problem.type()))
        .findFirst();
  }

  private static CommandFailed unknown(int status, URI uri) {
    return new CommandFailed(
        byStatus(status),
        "%s://%s answers %d to %s"
            .formatted(uri.getScheme(), uri.getAuthority(), status, uri.getPath()),
        status >= SERVER_ERROR
            ? "look at the logs of the farm"
            : "is this a farm, and the right version?");
  }

  private static int byStatus(int status) {
    return switch (status) {
      case 401, 403 -> ExitCode.ACCESS.code();
      case 404 -> ExitCode.NOT_FOUND.code();
      case 429, 502, 503, 504 -> ExitCode.UNAVAILABLE.code();
      default -> status < SERVER_ERROR ? ExitCode.USAGE.code() : ExitCode.ERROR.code();
    };
  }
}
