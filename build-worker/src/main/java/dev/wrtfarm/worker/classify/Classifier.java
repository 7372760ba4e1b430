package dev.wrtfarm.worker.classify;

import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.worker.attempt.BuildFailed;
import dev.wrtfarm.worker.feed.Delivery;
import dev.wrtfarm.worker.log.Transcript;
import dev.wrtfarm.worker.sandbox.MakeRun;
import java.util.List;
import java.util.Optional;

/**
 * Every failure of an Image Builder is exit status 2, so its reason comes from the text; and a feed
 * that is away may end with status 0 from stale lists, so the proxy's word comes before the text.
 */
public final class Classifier {
  private static final int TAIL_LINES = 40;
  private static final int KILLED_STATUS = 137;

  private Classifier() {}

  /** Fails the build unless the run went well. */
  public static void check(MakeRun run, Circumstances circumstances) {
    boolean indexAway = circumstances.undelivered().stream().anyMatch(Delivery.Failed::isIndex);
    if (run.exit() != 0 || indexAway) {
      throw new BuildFailed(classify(run.exit(), run.all(), circumstances));
    }
  }

  /** Whether a run that ended well dropped an image because it was too big. */
  public static Optional<Failure> tooBig(Transcript text) {
    return first(Rules.TOO_BIG, text.text());
  }

  static Failure classify(int exit, Transcript transcript, Circumstances circumstances) {
    String text = transcript.text();
    return undelivered(circumstances, transcript)
        .or(() -> first(Rules.UPSTREAM, text))
        .or(() -> diskFull(circumstances, transcript))
        .or(() -> first(Rules.INFRASTRUCTURE, text))
        .or(() -> killed(exit, transcript))
        .or(() -> first(Rules.TOO_BIG, text))
        .or(() -> first(Rules.USER, text))
        .orElseGet(() ->
            new Failure(
                FailureReason.UNKNOWN,
                "make ended with status " + exit + " and no text that the farm knows",
                transcript.last(TAIL_LINES)));
  }

  private static Optional<Failure> undelivered(Circumstances circumstances, Transcript text) {
    return circumstances.undelivered().stream()
        .findFirst()
        .map(failed ->
            new Failure(
                failed.isIndex() || failed.status() != 404
                    ? FailureReason.FEED_UNREACHABLE
                    : FailureReason.UPSTREAM_INCOMPLETE,
                failed.why(),
                text.last(TAIL_LINES)));
  }

  private static Optional<Failure> diskFull(Circumstances circumstances, Transcript text) {
    return circumstances.diskFull()
        ? Optional.of(
            new Failure(
                FailureReason.DISK_FULL, "the worker's disk is full", text.last(TAIL_LINES)))
        : Optional.empty();
  }

  private static Optional<Failure> killed(int exit, Transcript text) {
    return exit == KILLED_STATUS
        ? Optional.of(
            new Failure(
                FailureReason.KILLED, "make was killed from outside", text.last(TAIL_LINES)))
        : Optional.empty();
  }

  private static Optional<Failure> first(List<Rule> rules, String text) {
    return rules.stream().map(rule -> rule.find(text)).flatMap(Optional::stream).findFirst();
  }
}
