package dev.wrtfarm.flash.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kernel's id of this boot: disk sequence numbers begin anew with each. */
public final class BootId {
  private BootId() {}

  public static String read() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }
}
