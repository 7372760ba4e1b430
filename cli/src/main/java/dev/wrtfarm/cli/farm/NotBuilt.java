package dev.wrtfarm.cli.farm;

import java.nio.file.Path;

/** A program of the farm is not there. */
final class NotBuilt extends RuntimeException {
  private static final long serialVersionUID = 1;

  NotBuilt(Path missing) {
    super("there is no " + missing + ": start the farm by ./wrtfarm up, which builds it");
  }
}
