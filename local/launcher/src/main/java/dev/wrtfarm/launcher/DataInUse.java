package dev.wrtfarm.launcher;

import java.nio.file.Path;

/** Another process works in the data folder. */
public final class DataInUse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataInUse(Path folder, String pid) {
    super(
        "the data folder %s is in use by process %s: stop that one first, or name another folder"
            .formatted(folder, pid.isEmpty() ? "(unknown)" : pid));
  }
}
