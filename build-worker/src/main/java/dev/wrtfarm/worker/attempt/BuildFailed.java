package dev.wrtfarm.worker.attempt;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;

/** This attempt cannot succeed; the failure says why. */
public final class BuildFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  public BuildFailed(Failure failure) {
    super(failure.reason() + ": " + failure.message());
    this.failure = failure;
  }

  public BuildFailed(FailureReason reason, String message) {
    this(new Failure(reason, message, ""));
  }

  public Failure failure() {
    return failure;
  }
}
