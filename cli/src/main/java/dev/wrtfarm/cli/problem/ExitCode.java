package dev.wrtfarm.cli.problem;

/** The exit codes that scripts may rely on; {@code wrtfarm --help} lists them. */
public enum ExitCode {
  OK(0, "done"),
  ERROR(1, "something unexpected failed"),
  USAGE(2, "wrong usage, or a request that is not valid"),
  ENDED_BADLY(3, "it ended badly: a build or flash failed, or a check did not hold"),
  NOT_FOUND(4, "there is no such build, request, profile, job, host, slot or card"),
  ACCESS(5, "a token is missing or does not allow that"),
  UNAVAILABLE(6, "the farm does not answer, or cannot start"),
  UNCONFIRMED(7, "a flash was planned and nobody confirmed it: nothing was written"),
  STATE_REFUSED(8, "not possible in the state that the job has now; look at it again"),
  INTERRUPTED(130, "interrupted by Ctrl-C");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }
}
