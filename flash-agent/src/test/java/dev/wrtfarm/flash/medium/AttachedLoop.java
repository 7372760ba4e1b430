package dev.wrtfarm.flash.medium;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real loop device over a file of its own; detached and deleted at the end. */
public final class AttachedLoop implements AutoCloseable {
  private final Path file;
  private final Path node;

  private AttachedLoop(Path file, Path node) {
    this.file = file;
    this.node = node;
  }

  /** Skips the test, and says so, where loop devices cannot be made. */
  public static AttachedLoop ofBytes(Path folder, long bytes)
      throws IOException, InterruptedException {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!root || !Files.exists(Path.of("/dev/loop-control"))) {
      System.out.println("NOT TESTED, for want of root and loop devices: real block devices");
      assumeTrue(false, "needs root and /dev/loop-control");
    }
    Path file = folder.resolve("loop-" + System.nanoTime() + ".bin");
    // written, not sparse: allocating while writing would be measured and could fail
    try (var out = Files.newOutputStream(file)) {
      byte[] mib = new byte[1 << 20];
      for (long done = 0; done < bytes; done += mib.length) {
        out.write(mib, 0, (int) Math.min(mib.length, bytes - done));
      }
    }
    String node = run("losetup", "-f", "--show", "--direct-io=on", file.toString());
    return new AttachedLoop(file, Path.of(node.strip()));
  }

  public Path node() {
    return node;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("losetup", "-d", node.toString());
    Files.delete(file);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }
}
