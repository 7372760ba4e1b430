package dev.wrtfarm.cli.doctor;

import dev.wrtfarm.cli.data.DataFolder;
import dev.wrtfarm.cli.data.FarmState;
import dev.wrtfarm.launcher.FreePort;
import dev.wrtfarm.launcher.SystemUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Port, and as root the users that the programs become. */
final class StartCheck implements Check {
  private static final int API_PORT = 8780;

  private final DataFolder data;
  private final boolean root;

  StartCheck(DataFolder data, boolean root) {
    this.data = data;
    this.root = root;
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(port());
    if (root) {
      findings.add(users());
    }
    return findings;
  }

  private Finding port() {
    Optional<FarmState> running = FarmState.running(data);
    if (running.isPresent()) {
      return Finding.good("port", "the farm runs, at " + running.get().api());
    }
    return FreePort.isFree(API_PORT)
        ? Finding.good("port", API_PORT + " is free")
        : Finding.warning(
            "port",
            API_PORT + " is taken by another program",
            "start the farm with --port N, or --port 0 for any");
  }

  private static Finding users() {
    if (HostCommand.find("useradd").isEmpty()
        && !(SystemUser.FARM.exists() && SystemUser.WORKER.exists())) {
      return Finding.bad(
          "users",
          "there is no useradd to make the users wrtfarm and wrtfarm-worker",
          "apt-get install -y passwd, or make both users as system users by hand");
    }
    List<String> became =
        List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "true");
    HostCommand.Outcome outcome = HostCommand.run(became);
    return outcome.worked()
        ? Finding.good("users", "root can start programs as other users")
        : Finding.bad(
            "users",
            "root cannot become another user here: " + outcome.firstLine(),
            "give the container the capabilities SETUID and SETGID, or run as an ordinary user");
  }
}
