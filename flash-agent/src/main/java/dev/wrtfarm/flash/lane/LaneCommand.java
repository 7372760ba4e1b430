package dev.wrtfarm.flash.lane;

import java.nio.file.Path;
import java.util.List;

/** How a lane's process is started: the program that this one is. */
public final class LaneCommand {
  /** The word of the command line that {@link LaneMain} is behind. */
  public static final String WORD = "lane";

  private static final String MAIN = "dev.wrtfarm.flash.FlashAgentMain";

  private LaneCommand() {}

  /** The class path with absolute paths, for a lane works in another folder. */
  public static List<String> ofThisJvm() {
    List<String> classPath =
        List.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")));
    String absolute =
        String.join(
            System.getProperty("path.separator"),
            classPath.stream().map(each -> Path.of(each).toAbsolutePath().toString()).toList());
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+UseSerialGC",
        "-Xmx256m",
        "-cp",
        absolute,
        MAIN,
        WORD);
  }
}
