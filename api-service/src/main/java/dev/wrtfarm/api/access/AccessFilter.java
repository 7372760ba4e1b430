package dev.wrtfarm.api.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.common.problem.Problem;
import dev.wrtfarm.common.problem.ProblemType;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one gate: every request passes it before anything else reads it. */
@ApplicationScoped
class AccessFilter {
  private static final int FIRST = 1_000;
  private static final long LARGEST_BODY = 1 << 20;
  private static final String BEARER = "bearer ";
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern JSON_TYPE =
      Pattern.compile("application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
  private static final Set<HttpMethod> WITH_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /** Whoever reaches these can have disks written. */
  private static final Set<String> FLASHING =
      Set.of("/api/v2/flash-jobs", "/api/v2/hosts", "/api/v2/cards");

  private final Hosts hosts;
  private final Tokens tokens;
  private final ObjectMapper json;

  AccessFilter(Hosts hosts, Tokens tokens, ObjectMapper json) {
    this.hosts = hosts;
    this.tokens = tokens;
    this.json = json;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, FIRST);
  }

  private void handle(RoutingContext context) {
    Optional<Problem> refusal = refusal(context.request(), context.normalizedPath());
    if (refusal.isEmpty()) {
      context.next();
    } else {
      refuse(context, refusal.get());
    }
  }

  private Optional<Problem> refusal(HttpServerRequest request, String path) {
    if (path.startsWith("/q/health")) {
      return Optional.empty();
    }
    if (path.indexOf(';') >= 0) {
      // Whoever routes by the path may cut this off; the token was chosen by the whole.
      return Optional.of(Problem.of(ProblemType.NOT_FOUND, "there is nothing at " + path));
    }
    return refusedHost(request)
        .or(() -> refusedToken(request, path))
        .or(() -> refusedBody(request, path));
  }

  private Optional<Problem> refusedHost(HttpServerRequest request) {
    String authority = request.getHeader("Host");
    if (authority == null && request.authority() != null) {
      authority = request.authority().toString();
    }
    if (authority == null || !hosts.allows(authority)) {
      return Optional.of(
          Problem.of(
              ProblemType.HOST_REFUSED,
              "this service does not answer to the Host of this request; name it in"
                  + " wrtfarm.access.hosts if it should"));
    }
    String origin = request.getHeader("Origin");
    if (origin != null && !hosts.allowsOrigin(origin, authority)) {
      return Optional.of(
          Problem.of(
              ProblemType.HOST_REFUSED,
              "pages of this Origin may not call this service; name its host in"
                  + " wrtfarm.access.hosts if they should"));
    }
    return Optional.empty();
  }

  private Optional<Problem> refusedToken(HttpServerRequest request, String path) {
    Role needed = needed(path);
    if (needed == null) {
      return Optional.empty();
    }
    String role = needed.name().toLowerCase(Locale.ROOT);
    String given = request.getHeader("Authorization");
    if (given == null) {
      return Optional.of(
          Problem.of(
              ProblemType.TOKEN_MISSING,
              "send the %s token: Authorization: Bearer …".formatted(role)));
    }
    boolean bearer = given.toLowerCase(Locale.ROOT).startsWith(BEARER);
    if (bearer && tokens.isToken(needed, given.substring(BEARER.length()).strip())) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(ProblemType.TOKEN_REFUSED, "this needs the %s token".formatted(role)));
  }

  /** Null: anyone who can reach it. */
  private @Nullable Role needed(String path) {
    if (path.startsWith("/api/worker/")) {
      return Role.WORKER;
    }
    if (path.startsWith("/api/agent/")) {
      return Role.AGENT;
    }
    return hosts.areLoopback() && FLASHING.stream().noneMatch(path::startsWith)
        ? null
        : Role.OPERATOR;
  }

  /** A form of another site can post, but not JSON. */
  private static Optional<Problem> refusedBody(HttpServerRequest request, String path) {
    if (!path.startsWith("/api/") || !WITH_BODY.contains(request.method())) {
      return Optional.empty();
    }
    String length = request.getHeader("Content-Length");
    if (length != null && DIGITS.matcher(length).matches() && isTooLarge(length)) {
      return Optional.of(
          Problem.of(ProblemType.TOO_LARGE, "send at most %d bytes".formatted(LARGEST_BODY)));
    }
    String type = request.getHeader("Content-Type");
    if (type == null || !JSON_TYPE.matcher(type).matches()) {
      return Optional.of(
          Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send Content-Type: application/json"));
    }
    return Optional.empty();
  }

  private static boolean isTooLarge(String length) {
    return length.length() > 15 || Long.parseLong(length) > LARGEST_BODY;
  }

  private void refuse(RoutingContext context, Problem problem) {
    var response = context.response().setStatusCode(problem.status());
    response.putHeader("Content-Type", "application/problem+json");
    if (problem.status() == ProblemType.TOKEN_MISSING.status()) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (problem.status() == ProblemType.TOO_LARGE.status()
        && context.request().version() != HttpVersion.HTTP_2) {
      // The body is not read: the connection cannot be used again.
      response.putHeader("Connection", "close");
    }
    try {
      response.end(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem always has a JSON form", e);
    }
  }
}
