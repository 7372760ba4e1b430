package dev.wrtfarm.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrtfarm.launcher.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample's target whose images boot: a host without Debian's kernel has none. */
final class BootableSample {
  static final String PROFILE = "sample-bootable";
  private static final Path SITE =
      Path.of(System.getProperty("wrtfarm.home"), "local/sample-upstream/target/site");
  private static final Path TARGET = SITE.resolve("releases/25.12.0-sample/targets/x86/vm");

  private BootableSample() {}

  static void assumeItIsThere() throws IOException {
    boolean possible = VirtualMachine.isInstalled() && Files.exists(TARGET);
    if (!possible) {
      System.err.println(
          "NOT TESTED, that images of the farm boot: needs the Debian package qemu-system-x86, and"
              + " a target x86/vm in the sample ("
              + Files.readString(SITE.resolve("README.txt")).lines().toList().getLast()
              + ")");
    }
    assumeTrue(possible, "there are QEMU and an image that boots");
  }
}
