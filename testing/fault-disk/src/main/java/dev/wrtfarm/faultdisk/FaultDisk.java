package dev.wrtfarm.faultdisk;

import dev.wrtfarm.faultdisk.fuse.FuseFile;
import dev.wrtfarm.faultdisk.loop.Loop;
import dev.wrtfarm.faultdisk.model.BlockModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A model as a real block device: its bytes are served as a file, and the file stands behind a loop
 * device. Exclusive opening, ioctls, partitions, disk sequence and statistics are the kernel's own.
 * Closing takes all of it away; so does the end of the process, and what a killed process left is
 * taken away by the next one.
 */
public final class FaultDisk implements AutoCloseable {
  private static final Duration SWEEP = Duration.ofSeconds(60);

  private final BlockModel model;
  private final Path card;
  private final FuseFile file;
  private final Thread atExit = new Thread(this::closeQuietly, "fault-disk-at-exit");
  private Loop loop;
  private boolean open = true;

  private FaultDisk(BlockModel model, Path card, FuseFile file, Loop loop) {
    this.model = model;
    this.card = card;
    this.file = file;
    this.loop = loop;
  }

  /** Why there can be none here; empty when there can. */
  public static Optional<String> missing() {
    for (String node : new String[] {"/dev/fuse", "/dev/loop-control"}) {
      if (!Files.isWritable(Path.of(node))) {
        return Optional.of("no access to " + node);
      }
    }
    return "root".equals(System.getProperty("user.name"))
        ? Optional.empty()
        : Optional.of("this is not root");
  }

  public static FaultDisk attach(BlockModel model) throws IOException {
    sweep();
    Path card = Files.createTempDirectory("wrtfarm-fault-").resolve("card");
    FuseFile file = null;
    try {
      file = FuseFile.mount(Files.createFile(card), model);
      FaultDisk disk = new FaultDisk(model, card, file, Loop.attach(file.path()));
      Runtime.getRuntime().addShutdownHook(disk.atExit);
      return disk;
    } catch (IOException e) {
      if (file != null) {
        file.close();
      }
      delete(card);
      throw e;
    }
  }

  /** Takes away what processes left that were killed. */
  public static void sweep() throws IOException {
    for (Path mount : FuseFile.abandoned()) {
      sweep(mount);
    }
  }

  /** Another process may do the same at the same time, and each finds half of it done. */
  private static void sweep(Path mount) throws IOException {
    long deadline = System.nanoTime() + SWEEP.toNanos();
    while (true) {
      try {
        Loop.detachAll(mount);
        FuseFile.unmount(mount);
        delete(mount);
        return;
      } catch (IOException e) {
        if (!FuseFile.abandoned().contains(mount)) {
          return;
        }
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  public BlockModel model() {
    return model;
  }

  /** Another one after a {@link #powerCycle}. */
  public Loop loop() {
    return loop;
  }

  /** {@code /dev/loop3}; may be another one after a {@link #powerCycle}. */
  public Path node() {
    return loop.node();
  }

  /** The file that stands behind the device. */
  public Path file() {
    return file.path();
  }

  /** As when the card is taken out and put in again; nobody may have the device open. */
  public synchronized void powerCycle() throws IOException {
    loop.close();
    model.powerCycle();
    loop = Loop.attach(file.path());
  }

  @Override
  public void close() throws IOException {
    closeOnce();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process ends already.
    }
  }

  private synchronized void closeOnce() throws IOException {
    if (open) {
      open = false;
      try (model) {
        try (file) {
          loop.close();
        }
        delete(card);
      }
    }
  }

  private void closeQuietly() {
    try {
      closeOnce();
    } catch (IOException e) {
      System.err.println("fault disk: " + e.getMessage());
    }
  }

  private static void delete(Path card) throws IOException {
    Files.deleteIfExists(card);
    Path folder = card.getParent();
    if (folder != null) {
      Files.deleteIfExists(folder);
    }
  }
}
