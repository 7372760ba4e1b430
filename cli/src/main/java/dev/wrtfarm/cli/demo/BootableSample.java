package dev.wrtfarm.cli.demo;

import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.launcher.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The one target of the sample with a real kernel, which not every machine can get. */
final class BootableSample {
  static final String PROFILE = "sample-bootable";
  private static final String SITE = "local/sample-upstream/target/site";
  private static final String TARGET = "releases/25.12.0-sample/targets/x86/vm";

  private BootableSample() {}

  /** Fails with what is missing before anything is started. */
  static void require(Path home) {
    if (!VirtualMachine.isInstalled()) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          "--boot needs QEMU, which is not installed",
          "apt-get install -y --no-install-recommends qemu-system-x86");
    }
    Path site = home.resolve(SITE);
    if (!Files.isDirectory(site.resolve(TARGET))) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE,
          "--boot needs an image with a real kernel, and the sample has none: " + reason(site),
          "run it again with a network, on Debian for amd64; or leave out --boot");
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
