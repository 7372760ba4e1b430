package dev.wrtfarm.common.problem;

/**
 * Every problem that the farm's APIs answer with (RFC 9457), its HTTP status, and the exit code
 * with which the command line ends on it. The one list; {@code docs/api.md} is checked against it.
 */
public enum ProblemType {
  INVALID_REQUEST("invalid-request", 400, 2, "The request is not valid"),
  UNKNOWN_PROFILE("unknown-profile", 422, 2, "There is no such profile"),
  UNKNOWN_RELEASE("unknown-release", 422, 2, "The upstream has no such release, target or profile"),
  NOT_FOUND("not-found", 404, 4, "There is no such thing"),
  NO_RECORD("no-record", 404, 4, "There is no fresh record of this recipe"),
  EXPIRED("expired", 410, 4, "This is not kept any more"),
  TOKEN_MISSING("token-missing", 401, 5, "This needs a token"),
  TOKEN_REFUSED("token-refused", 403, 5, "This token does not allow that"),
  HOST_REFUSED("host-refused", 403, 5, "This Host or Origin is not allowed"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, 2, "This resource has no such method"),
  NOT_ACCEPTABLE("not-acceptable", 406, 2, "This resource has no such representation"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, 2, "Send JSON"),
  TOO_LARGE("too-large", 413, 2, "The request is too large"),
  LEASE_LOST("lease-lost", 409, 1, "This lease is not valid any more"),
  STATE_REFUSED("state-refused", 409, 8, "This is not possible in its state"),
  KEY_REUSED("idempotency-key-reused", 422, 2, "This key came with another request before"),
  UNAVAILABLE("unavailable", 503, 6, "The farm cannot answer just now"),
  INTERNAL("internal", 500, 1, "The farm made a mistake");

  private static final String PREFIX = "urn:wrtfarm:problem:";

  private final String slug;
  private final int status;
  private final int exitCode;
  private final String title;

  ProblemType(String slug, int status, int exitCode, String title) {
    this.slug = slug;
    this.status = status;
    this.exitCode = exitCode;
    this.title = title;
  }

  /** {@code urn:wrtfarm:problem:<name>}. */
  public String urn() {
    return PREFIX + slug;
  }

  public int status() {
    return status;
  }

  public int exitCode() {
    return exitCode;
  }

  public String title() {
    return title;
  }
}
