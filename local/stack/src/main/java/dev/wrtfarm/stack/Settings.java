package dev.wrtfarm.stack;

import dev.wrtfarm.launcher.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Passwords and ports. Made at the first start and kept, so that services that are configured once
 * find the stack again; a port that somebody else took meanwhile is replaced.
 */
final class Settings {
  private static final List<String> PORTS = List.of("postgres", "kafka", "kafka.controller", "s3");
  private static final int PASSWORD_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;
  private final Map<String, String> values;

  private Settings(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  static Settings in(Path data) {
    Path file = data.resolve("settings.properties");
    return new Settings(file, Files.exists(file) ? PrivateProperties.read(file) : new TreeMap<>());
  }

  String password(String name) {
    return values.computeIfAbsent(name + ".password", key -> randomPassword());
  }

  int port(String name) {
    String key = name + ".port";
    int port =
        Optional.ofNullable(values.get(key))
            .map(Integer::parseInt)
            .filter(FreePort::isFree)
            .orElseGet(() -> unusedPort(name));
    values.put(key, Integer.toString(port));
    return port;
  }

  /** Before the parts start: what they are told must not be lost with us. */
  void save() {
    PrivateProperties.write(file, values, "wrtfarm stack: passwords and ports");
  }

  /**
   * Each of ours has a range of its own: stacks that start at the same time, each with a part, must
   * not meet at a port that none of them has opened yet.
   */
  private int unusedPort(String name) {
    int range = (FreePort.BEYOND - FreePort.RANGES) / PORTS.size();
    int lowest = FreePort.RANGES + PORTS.indexOf(name) * range;
    int port = FreePort.from(lowest, lowest + range);
    // An older version may have given one of this range to another part, which is not up yet.
    while (values.containsValue(Integer.toString(port))) {
      port = FreePort.from(lowest, lowest + range);
    }
    return port;
  }

  private static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
