package dev.wrtfarm.faultdisk.fuse;

import dev.wrtfarm.faultdisk.model.BlockModel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A regular file whose bytes are those of a model, as long as this is open. */
public final class FuseFile implements AutoCloseable {
  /** What such a mount is called, followed by the id of the process that serves it. */
  public static final String SOURCE = "wrtfarm-fault-";

  private static final int THREADS = 2;

  private final Path path;
  private final int descriptor;
  private final List<Thread> daemons = new ArrayList<>();

  private FuseFile(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * @param path a file that is there already; it is hidden until this is closed
   */
  public static FuseFile mount(Path path, BlockModel model) throws IOException {
    int descriptor = Kernel.open("/dev/fuse", Kernel.O_RDWR | Kernel.O_CLOEXEC);
    FuseFile file = new FuseFile(path, descriptor);
    try {
      Kernel.mount(
          SOURCE + ProcessHandle.current().pid(),
          path.toString(),
          "fuse",
          "fd=%d,rootmode=100600,user_id=0,group_id=0,allow_other".formatted(descriptor));
    } catch (IOException e) {
      Kernel.close(descriptor);
      throw e;
    }
    for (int i = 0; i < THREADS; i++) {
      file.daemons.add(
          Thread.ofPlatform()
              .daemon()
              .name("fuse-" + path.getFileName() + "-" + i)
              .start(() -> serve(descriptor, new Answers(model))));
    }
    return file;
  }

  public Path path() {
    return path;
  }

  /** Whoever still has the file open gets errors from then on. */
  @Override
  public void close() throws IOException {
    if (daemons.isEmpty()) {
      return;
    }
    unmount(path);
    try {
      for (Thread daemon : daemons) {
        daemon.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    daemons.clear();
    Kernel.close(descriptor);
  }

  /** Also takes away a mount whose process is gone. */
  public static void unmount(Path path) throws IOException {
    try {
      Kernel.unmount(path.toString(), 0);
    } catch (IOException busy) {
      // Force ends the connection, so that nobody waits for an answer that never comes.
      Kernel.unmount(path.toString(), Kernel.MNT_FORCE | Kernel.MNT_DETACH);
    }
  }

  /** Where the mounts of other processes are that have ended. */
  public static List<Path> abandoned() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
      String[] words = line.split(" ", -1);
      if (words[0].startsWith(SOURCE) && isGone(words[0].substring(SOURCE.length()))) {
        found.add(Path.of(words[1]));
      }
    }
    return found;
  }

  private static boolean isGone(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static void serve(int descriptor, Answers answers) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(Answers.REQUEST_ROOM, BlockModel.BLOCK);
      MemorySegment answer = arena.allocate(Answers.ANSWER_ROOM, BlockModel.BLOCK);
      MemorySegment state = Kernel.state(arena);
      while (true) {
        long bytes = Kernel.read(descriptor, request, state);
        if (bytes == -Kernel.ENODEV) {
          return;
        }
        if (bytes < 0) {
          // The question was taken back, or a signal came in between.
          if (bytes == -Kernel.ENOENT || bytes == -Kernel.EINTR || bytes == -Kernel.EAGAIN) {
            continue;
          }
          throw new IllegalStateException("/dev/fuse failed, errno " + -bytes);
        }
        int length = answers.to(request.asSlice(0, bytes), answer);
        if (length != Answers.SILENCE) {
          // An error means that nobody waits for the answer any more.
          Kernel.write(descriptor, answer.asSlice(0, length), state);
        }
      }
    }
  }
}
