package dev.wrtfarm.api.lease;

/** The fence or the secret is not the build's or the flash job's: it must be dropped. */
public final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  LeaseLost(String build) {
    super("the lease of build " + build + " is not valid any more; drop the build");
  }

  private LeaseLost(String job, String remedy) {
    super("the lease of flash job " + job + " is not valid any more; " + remedy);
  }

  public static LeaseLost ofFlashJob(String job) {
    return new LeaseLost(job, "drop the job, and write nothing for it that is not begun");
  }
}
