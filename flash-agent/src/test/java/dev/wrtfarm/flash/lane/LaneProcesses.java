package dev.wrtfarm.flash.lane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The processes of lanes, whoever started them and whoever is left of those. */
public final class LaneProcesses {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private LaneProcesses() {}

  /**
   * @param place a lane's folder, or one that it is in
   */
  public static Stream<ProcessHandle> in(Path place) {
    String words = "\0" + LaneCommand.WORD + "\0" + place;
    return ProcessHandle.allProcesses().filter(each -> words(each).contains(words));
  }

  /** Also when nobody has asked how it ended. */
  public static boolean isGone(ProcessHandle process) {
    return !process.isAlive() || words(process).isEmpty();
  }

  /** All of them: Java's own look stops at 4096 characters, and a class path can have more. */
  private static String words(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", "" + process.pid(), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It is gone.
      return "";
    }
  }

  /** Returns when they are gone: until then they may write to their folders. */
  public static void end(Path place) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (in(place).peek(ProcessHandle::destroyForcibly).findAny().isPresent()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("a lane in %s outlives its kill".formatted(place));
      }
      Thread.sleep(10);
    }
  }
}
