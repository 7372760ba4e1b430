package dev.wrtfarm.cli.problem;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/** Nobody answers, so nothing is known about what was asked. */
public final class FarmUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What one address did instead of answering. */
  public record Silence(URI url, String what) {
    @Override
    public String toString() {
      return url + " " + what;
    }
  }

  public FarmUnreachable(List<Silence> all) {
    super(message(all));
  }

  private static String message(List<Silence> all) {
    return all.size() == 1
        ? "no farm answers at " + all.getFirst().url() + ": it " + all.getFirst().what()
        : "no address of the farm answers: "
            + all.stream().map(Silence::toString).collect(Collectors.joining("; "));
  }
}
