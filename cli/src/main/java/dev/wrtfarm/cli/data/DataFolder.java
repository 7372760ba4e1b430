package dev.wrtfarm.cli.data;

import dev.wrtfarm.cli.machine.Surroundings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The layout of a farm's data folder. */
public record DataFolder(Path path) {
  public static final Path OF_ROOT = Path.of("/var/lib/wrtfarm");

  /** The folder that the caller named, else the one of WRTFARM_DATA, else the user's own. */
  public static DataFolder of(@Nullable Path named, Surroundings surroundings) {
    String variable = surroundings.environment().getOrDefault("WRTFARM_DATA", "");
    if (named != null) {
      return new DataFolder(surroundings.folder().resolve(named).normalize());
    }
    if (!variable.isEmpty()) {
      return new DataFolder(surroundings.folder().resolve(variable).normalize());
    }
    return new DataFolder(surroundings.root() ? OF_ROOT : ofUser(surroundings));
  }

  private static Path ofUser(Surroundings surroundings) {
    String xdg = surroundings.environment().getOrDefault("XDG_DATA_HOME", "");
    if (xdg.startsWith("/")) {
      return Path.of(xdg, "wrtfarm");
    }
    String home =
        surroundings.environment().getOrDefault("HOME", System.getProperty("user.home", "/"));
    return Path.of(home, ".local/share/wrtfarm");
  }

  public Path stack() {
    return path.resolve("stack");
  }

  public Path worker(int number) {
    return path.resolve("worker-" + number);
  }

  /** Journal, key and images of the farm's own flash agent. */
  public Path flashAgent() {
    return path.resolve("flash-agent");
  }

  /** What an emulated card holds. */
  public Path card(String slot) {
    return path.resolve("cards").resolve(slot + ".img");
  }

  public Path log(String program) {
    return logs().resolve(program + ".log");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  public Path secrets() {
    return path.resolve("secrets");
  }

  public Path config() {
    return path.resolve("config");
  }

  public Path stateFile() {
    return path.resolve("farm.json");
  }
}
