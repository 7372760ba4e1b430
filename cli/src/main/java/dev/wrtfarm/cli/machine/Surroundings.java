package dev.wrtfarm.cli.machine;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of the machine it runs on.
 *
 * @param home the checkout, where the programs' jars lie
 * @param root whether this is the superuser
 */
public record Surroundings(Map<String, String> environment, Path home, Path folder, boolean root) {

  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of(System.getProperty("wrtfarm.home", ".")).toAbsolutePath().normalize(),
        Path.of("").toAbsolutePath(),
        "root".equals(System.getProperty("user.name")));
  }
}
