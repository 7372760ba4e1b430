package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.Verdict;

/** The run goes no further, for a reason that is known already. */
final class RunStopped extends Exception {
  private static final long serialVersionUID = 1L;

  private final Verdict verdict;
  private final String explanation;

  RunStopped(Verdict verdict, String message) {
    super(message);
    this.verdict = verdict;
    this.explanation = message;
  }

  Verdict verdict() {
    return verdict;
  }

  String explanation() {
    return explanation;
  }
}
