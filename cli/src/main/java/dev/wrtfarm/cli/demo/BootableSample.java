package dev.wrtfarm.cli.demo;

import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.launcher.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The one target of the sample with a real kernel, which not every machine can get. */
public final class BootableSample {
  static final String PROFILE = "sample-bootable";
  private static final String SITE = "local/sample-upstream/target/site";
  private static final String TARGET = "releases/25.12.0-sample/targets/x86/vm";

  private BootableSample() {}

  /** Something that is missing for it. */
  public record Lack(String what, String remedy) {}

  /** Whether the sample was built with it. */
  public static boolean isBuilt(Path home) {
    return Files.isDirectory(home.resolve(SITE).resolve(TARGET));
  }

  /**
   * What is missing now; the sample itself is made by the first build, and is not missed before.
   */
  public static Optional<Lack> lack(Path home) {
    if (!VirtualMachine.isInstalled()) {
      return Optional.of(
          new Lack(
              "needs QEMU, which is not installed",
              "apt-get install -y --no-install-recommends qemu-system-x86"));
    }
    Path site = home.resolve(SITE);
    if (Files.isDirectory(site) && !isBuilt(home)) {
      return Optional.of(noKernel(site));
    }
    return Optional.empty();
  }

  private static Lack noKernel(Path site) {
    return new Lack(
        "needs an image with a real kernel, and the sample has none: " + reason(site),
        "run './wrtfarm demo --boot' with a network, on Debian for amd64; it tries again");
  }

  /** Fails with what is missing before anything is started. */
  static void require(Path home) {
    Optional<Lack> lack = lack(home);
    if (lack.isEmpty() && !isBuilt(home)) {
      lack = Optional.of(noKernel(home.resolve(SITE)));
    }
    if (lack.isPresent()) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE, "--boot " + lack.get().what(), lack.get().remedy());
    }
  }

  /** The last line of what the tree says of itself. */
  private static String reason(Path site) {
    try {
      List<String> lines = Files.readAllLines(site.resolve("README.txt"));
      return lines.isEmpty() ? "it does not say why" : lines.getLast();
    } catch (IOException e) {
      return "it was not built";
    }
  }
}
