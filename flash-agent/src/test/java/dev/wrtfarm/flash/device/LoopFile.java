package dev.wrtfarm.flash.device;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A loop device of this test's own, and whatever is put on it; all of it goes at the end. */
public final class LoopFile implements AutoCloseable {
  private final Path file;
  private final List<String[]> undo = new ArrayList<>();
  private final String node;
  private boolean attached = true;

  private LoopFile(Path file, String node) {
    this.file = file;
    this.node = node;
  }

  /** Skips the test, and says so, where loop devices cannot be made. */
  public static LoopFile make(Path file, long bytes, String... options) throws IOException {
    try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
      made.setLength(bytes);
    }
    boolean root = Files.isWritable(Path.of("/dev/loop-control"));
    if (!root) {
      System.out.println(
          "NOT TESTED, no right to make loop devices: the device guard on real ones");
    }
    assumeTrue(root, "loop devices need root");
    return new LoopFile(file, attachAnywhere(file, options));
  }

  static String attachAnywhere(Path file, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("losetup", "-f", "--show", "--direct-io=on"));
    command.addAll(List.of(options));
    command.add(file.toString());
    return run(command.toArray(String[]::new));
  }

  public String node() {
    return node;
  }

  public SlotConfig slot() {
    return new SlotConfig("slot-1", "loop:" + node);
  }

  /** Done last in, first out. */
  void atTheEnd(String... command) {
    undo.add(command);
  }

  /** The same file at the same node, as if the card had been taken out and put in again. */
  public void attachAgain() throws IOException {
    detach();
    attach(file);
  }

  public void detach() throws IOException {
    run("losetup", "-d", node);
    attached = false;
  }

  /** At the same node. */
  public void attach(Path other) throws IOException {
    run("losetup", node, other.toString());
    attached = true;
  }

  String digest() throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (String[] command : undo.reversed()) {
      run(command);
    }
    // Somebody else may have the node by now.
    if (attached) {
      detach();
    }
  }

  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
