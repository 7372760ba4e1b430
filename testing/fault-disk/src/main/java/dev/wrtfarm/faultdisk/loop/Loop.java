package dev.wrtfarm.faultdisk.loop;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A file as a block device. Its number is so high that no program is given it that asks for a free
 * one: such a program would have the device open for a moment, or take its number while it is
 * detached.
 */
public final class Loop implements AutoCloseable {
  private static final Duration RELEASE = Duration.ofSeconds(30);
  private static final int FIRST_OF_OURS = 1000;
  private static final int END_OF_OURS = 16_000;
  private static final int TRIES = 20;

  private final Path node;
  private final List<Integer> partitions = new ArrayList<>();
  private boolean attached = true;

  private Loop(Path node) {
    this.node = node;
  }

  /** Attaches it past the page cache of the file: that would hide what a model does. */
  public static Loop attach(Path file, String... options) throws IOException {
    Optional<Path> ours = newNode();
    List<String> command = new ArrayList<>(List.of("losetup", "--direct-io=on"));
    command.addAll(List.of(options));
    command.addAll(ours.isPresent() ? List.of(ours.get().toString()) : List.of("--find", "--show"));
    command.add(file.toString());
    try {
      String said = Tool.run(command.toArray(String[]::new));
      return new Loop(ours.orElseGet(() -> Path.of(said)));
    } catch (IOException e) {
      ours.ifPresent(Loop::forget);
      throw e;
    }
  }

  /** Empty where the kernel makes no nodes by itself, as in some containers. */
  private static Optional<Path> newNode() {
    for (int i = 0; i < TRIES; i++) {
      int number = ThreadLocalRandom.current().nextInt(FIRST_OF_OURS, END_OF_OURS);
      if (LoopControl.add(number)) {
        Path node = Path.of("/dev/loop" + number);
        if (Files.exists(node)) {
          return Optional.of(node);
        }
        forget(node);
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Who looks at every new device, as udev does, may keep it; it is in nobody's way. */
  private static void forget(Path node) {
    int number = Integer.parseInt(node.getFileName().toString().substring("loop".length()));
    if (number >= FIRST_OF_OURS && !LoopControl.remove(number)) {
      System.getLogger(Loop.class.getName()).log(System.Logger.Level.DEBUG, "{0} stays", node);
    }
  }

  /** At a node that was detached before, as a card goes into the reader that another was in. */
  public static Loop attachAt(Path node, Path file) throws IOException {
    Tool.run("losetup", "--direct-io=on", node.toString(), file.toString());
    return new Loop(node);
  }

  /** {@code /dev/loop3}. */
  public Path node() {
    return node;
  }

  /** {@code /sys/block/loop3}. */
  public Path sysfs() {
    return Path.of("/sys/block").resolve(node.getFileName());
  }

  /** {@code 7:3}. */
  public String number() throws IOException {
    return Files.readString(sysfs().resolve("dev")).strip();
  }

  /** New with each attach. */
  public long sequence() throws IOException {
    return Long.parseLong(Files.readString(sysfs().resolve("diskseq")).strip());
  }

  /** Tells the kernel of a partition; no table is written or needed. */
  public Path addPartition(int number, long firstSector, long sectors) throws IOException {
    Tool.run("addpart", node.toString(), "" + number, "" + firstSector, "" + sectors);
    partitions.add(number);
    return Path.of(node + "p" + number);
  }

  /**
   * Lets {@code partx} read the table that is on the device; kernels with {@code loop.max_part} may
   * have done that already.
   */
  public void readPartitions() throws IOException {
    Tool.run("partx", "--update", node.toString());
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(sysfs(), node.getFileName() + "p*")) {
      for (Path each : found) {
        String name = each.getFileName().toString();
        partitions.add(Integer.valueOf(name.substring(name.lastIndexOf('p') + 1)));
      }
    }
  }

  /** Takes away partitions and device; waits until whoever has it open lets go. */
  @Override
  public void close() throws IOException {
    detach();
    forget(node);
  }

  /** Its node stays, for {@link #attachAt}. */
  public void detach() throws IOException {
    if (!attached) {
      return;
    }
    attached = false;
    try {
      for (int partition : partitions) {
        // Without this the nodes linger, and belong to whatever is attached next.
        remove(partition);
      }
      partitions.clear();
    } finally {
      release();
    }
  }

  /** Whoever looks at a new partition, as udev does, has it open for a moment. */
  private void remove(int partition) throws IOException {
    long deadline = System.nanoTime() + RELEASE.toNanos();
    while (Files.exists(sysfs().resolve(node.getFileName() + "p" + partition))) {
      try {
        Tool.run("delpart", node.toString(), "" + partition);
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  /** Detaching is lazy: the kernel puts it off while anybody has the node open. */
  private void release() throws IOException {
    String file = backing(sysfs());
    Tool.run("losetup", "--detach", node.toString());
    long deadline = System.nanoTime() + RELEASE.toNanos();
    while (!file.isEmpty() && backing(sysfs()).equals(file)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(node + " is still held open by somebody, and goes when that ends");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Detaches whatever devices stand on this file. */
  public static void detachAll(Path file) throws IOException {
    try (DirectoryStream<Path> loops = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
      for (Path each : loops) {
        if (backing(each).equals(file.toString())) {
          new Loop(Path.of("/dev").resolve(each.getFileName())).close();
        }
      }
    }
  }

  /** Empty when nothing is attached. */
  private static String backing(Path sysfs) throws IOException {
    Path file = sysfs.resolve("loop/backing_file");
    for (int i = 1; Files.exists(file); i++) {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        // Detached between the question and the reading, perhaps attached again by another program.
        if (i == TRIES) {
          throw e;
        }
      }
    }
    return "";
  }
}
