package dev.wrtfarm.api.lease;

/** The fence or the secret is not the build's: the worker must drop the build. */
public final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  LeaseLost(String build) {
    super("the lease of build " + build + " is not valid any more; drop the build");
  }
}
