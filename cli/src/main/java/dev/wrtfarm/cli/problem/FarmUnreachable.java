package dev.wrtfarm.cli.problem;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;

/** Nobody answers, so nothing is known about what was asked. */
public final class FarmUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FarmUnreachable(URI url, IOException cause) {
    super(
        cause instanceof HttpTimeoutException
            ? "the farm at " + url + " does not answer in time"
            : "no farm answers at " + url,
        cause);
  }
}
