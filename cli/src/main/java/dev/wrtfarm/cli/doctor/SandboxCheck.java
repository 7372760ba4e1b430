package dev.wrtfarm.cli.doctor;

import dev.wrtfarm.cli.doctor.HostCommand.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Really starts a sandbox as builds use it: as an ordinary user, and without a network. */
final class SandboxCheck implements Check {
  private static final List<String> AS_NOBODY =
      List.of(
          "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps=-all");
  private static final List<String> SANDBOX =
      List.of(
          "bwrap",
          "--unshare-all",
          "--die-with-parent",
          "--new-session",
          "--ro-bind",
          "/",
          "/",
          "--proc",
          "/proc",
          "--dev",
          "/dev",
          "--",
          "cat",
          "/proc/net/dev");

  private final boolean root;

  SandboxCheck(boolean root) {
    this.root = root;
  }

  @Override
  public List<Finding> look() {
    List<String> command = new ArrayList<>(root ? AS_NOBODY : List.of());
    command.addAll(SANDBOX);
    Outcome outcome = HostCommand.run(command);
    if (!outcome.worked()) {
      return List.of(
          Finding.bad("sandbox", "bwrap does not work: " + outcome.firstLine(), remedy()));
    }
    // Two lines of heading, then one for each interface.
    long interfaces = outcome.output().lines().skip(2).count();
    return List.of(
        interfaces > 1
            ? Finding.bad(
                "sandbox",
                "bwrap works, but its network is not cut off",
                "use a bubblewrap with working --unshare-net")
            : Finding.good("sandbox", "bwrap works, with its network cut off"));
  }

  private static String remedy() {
    if (setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "0").equals("1")) {
      return "AppArmor forbids user namespaces here: allow them for bwrap by a profile in"
          + " /etc/apparmor.d/bwrap, or by: sysctl -w"
          + " kernel.apparmor_restrict_unprivileged_userns=0";
    }
    if (setting("/proc/sys/kernel/unprivileged_userns_clone", "1").equals("0")) {
      return "allow user namespaces: sysctl -w kernel.unprivileged_userns_clone=1";
    }
    if (setting("/proc/sys/user/max_user_namespaces", "1").equals("0")) {
      return "allow user namespaces: sysctl -w user.max_user_namespaces=10000";
    }
    return "install bubblewrap; in a container, allow user namespaces (for Docker:"
        + " --security-opt seccomp=unconfined --security-opt apparmor=unconfined)";
  }

  private static String setting(String file, String otherwise) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return otherwise;
    }
  }
}
