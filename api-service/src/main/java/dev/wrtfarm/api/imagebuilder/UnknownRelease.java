package dev.wrtfarm.api.imagebuilder;

/** The download server has no such release, target or profile: it said so. */
public final class UnknownRelease extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final String field;

  UnknownRelease(String field, String message) {
    super(message);
    this.field = field;
  }

  /** {@code release}, {@code target} or {@code profile}. */
  public String field() {
    return field;
  }
}
