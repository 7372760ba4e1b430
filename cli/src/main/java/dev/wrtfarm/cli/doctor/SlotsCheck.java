package dev.wrtfarm.cli.doctor;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The readers of this host's own flash agent: whether they are there, and whether its user may open
 * them. Says nothing where no agent is set up.
 *
 * @param config the agent's configuration
 * @param ports where udev names devices by their port
 * @param user whom the agent runs as
 */
record SlotsCheck(Path config, Path ports, String user) implements Check {
  static final SlotsCheck OF_HOST =
      new SlotsCheck(
          Path.of("/etc/wrtfarm-flash/agent.properties"),
          Path.of("/dev/disk/by-path"),
          "wrtfarm-flash");

  private static final Pattern KEY = Pattern.compile("slot\\.(.+)\\.port");
  private static final Set<PosixFilePermission> READ_AND_WRITE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  @Override
  public List<Finding> look() {
    if (!Files.exists(config)) {
      return List.of();
    }
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(config)) {
      properties.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return List.of(
          Finding.warning(
              "flash agent", config + " cannot be read", "run this as root, or mend the file"));
    }
    List<Finding> findings = new ArrayList<>();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      Matcher slot = KEY.matcher(key);
      String port = properties.getProperty(key).strip();
      // Of a test host: loop:… and file:… are nothing that udev knows.
      if (slot.matches() && !port.startsWith("loop:") && !port.startsWith("file:")) {
        findings.add(reader("slot " + slot.group(1), port));
      }
    }
    return findings;
  }

  private Finding reader(String subject, String port) {
    Path device = ports.resolve(port);
    try {
      Path node = device.toRealPath();
      PosixFileAttributes has = Files.readAttributes(node, PosixFileAttributes.class);
      boolean theirs =
          has.owner().getName().equals(user) && has.permissions().containsAll(READ_AND_WRITE);
      return theirs
          ? Finding.good(subject, "%s, which %s may open".formatted(node, user))
          : Finding.warning(
              subject,
              "%s belongs to %s, so the flash agent may not open it"
                  .formatted(node, has.owner().getName()),
              "name the port in the udev rules of deploy/flash-agent, then: udevadm control"
                  + " --reload && udevadm trigger --subsystem-match=block");
    } catch (IOException e) {
      return Finding.warning(
          subject,
          "there is no device at its port " + port,
          "plug the reader in; 'udevadm info --query=property --name=/dev/sdX' tells its ID_PATH");
    }
  }
}
