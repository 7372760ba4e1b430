package dev.wrtfarm.flash.device;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrtfarm.faultdisk.loop.Loop;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A loop device of this test's own, and whatever is put on it. All of it goes at the end, each part
 * also if another part does not.
 */
public final class LoopFile implements AutoCloseable {
  private final Path file;
  private final Deque<Undo> undo = new ArrayDeque<>();
  private Loop loop;

  /** Takes something away again. */
  @FunctionalInterface
  interface Undo {
    void run() throws IOException;
  }

  private LoopFile(Path file, Loop loop) {
    this.file = file;
    this.loop = loop;
  }

  /** Skips the test, and says so, where loop devices cannot be made. */
  public static LoopFile make(Path file, long bytes, String... options) throws IOException {
    requireRights();
    try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
      made.setLength(bytes);
    }
    return new LoopFile(file, Loop.attach(file, options));
  }

  /** Written, not sparse: to allocate while a test writes takes time, and could fail. */
  public static LoopFile written(Path file, long bytes) throws IOException {
    requireRights();
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] piece = new byte[1 << 20];
      for (long done = 0; done < bytes; done += piece.length) {
        out.write(piece, 0, (int) Math.min(piece.length, bytes - done));
      }
    }
    return make(file, bytes);
  }

  private static void requireRights() {
    boolean root = Files.isWritable(Path.of("/dev/loop-control"));
    if (!root) {
      System.out.println("NOT TESTED, no right to make loop devices: real block devices");
    }
    assumeTrue(root, "loop devices need root");
  }

  public String node() {
    return path().toString();
  }

  public Path path() {
    return loop.node();
  }

  public SlotConfig slot() {
    return new SlotConfig("slot-1", "loop:" + node());
  }

  /** Another one on top of this one, which is taken away before it. */
  Loop stack() throws IOException {
    Loop top = Loop.attach(path());
    undo.push(top::close);
    return top;
  }

  void readPartitions() throws IOException {
    loop.readPartitions();
  }

  /** Done last in, first out. */
  void atTheEnd(String... command) {
    undo.push(() -> run(command));
  }

  /** The same file at the same node, as if the card had been taken out and put in again. */
  public void attachAgain() throws IOException {
    detach();
    attach(file);
  }

  public void detach() throws IOException {
    loop.detach();
  }

  /** At the same node. */
  public void attach(Path other) throws IOException {
    loop = Loop.attachAt(path(), other);
  }

  /** Of everything from there on. */
  String digest(int from) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] all = Files.readAllBytes(file);
      digest.update(all, from, all.length - from);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    undo.addLast(() -> loop.close());
    @Nullable IOException failed = null;
    while (!undo.isEmpty()) {
      try {
        undo.pop().run();
      } catch (IOException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
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
