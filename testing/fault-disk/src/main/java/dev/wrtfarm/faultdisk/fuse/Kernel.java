package dev.wrtfarm.faultdisk.fuse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The few calls that serving a file takes. Each answers what the kernel does, or -errno. */
final class Kernel {
  static final int O_RDWR = 2;
  static final int O_CLOEXEC = 0x80000;
  static final int MNT_FORCE = 1;
  static final int MNT_DETACH = 2;
  static final int EIO = 5;
  static final int ENODEV = 19;
  static final int EINTR = 4;
  static final int ENOENT = 2;
  static final int EAGAIN = 11;
  static final int ENOSYS = 38;
  static final int EOPNOTSUPP = 95;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(java.lang.foreign.MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle READ =
      handle("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      handle("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle MOUNT =
      handle(
          "mount", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
  private static final MethodHandle UMOUNT =
      handle("umount2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

  private Kernel() {}

  static int open(String path, int flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return orFail(
          "open " + path, (int) OPEN.invokeExact(state, arena.allocateFrom(path), flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void close(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      int ignored = (int) CLOSE.invokeExact(arena.allocate(STATE), descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many bytes, or -errno. */
  static long read(int descriptor, MemorySegment into, MemorySegment state) {
    try {
      return orErrno((long) READ.invokeExact(state, descriptor, into, into.byteSize()), state);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many bytes, or -errno. */
  static long write(int descriptor, MemorySegment from, MemorySegment state) {
    try {
      return orErrno((long) WRITE.invokeExact(state, descriptor, from, from.byteSize()), state);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static void mount(String source, String target, String type, String options) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result =
          (int)
              MOUNT.invokeExact(
                  state,
                  arena.allocateFrom(source),
                  arena.allocateFrom(target),
                  arena.allocateFrom(type),
                  0L,
                  arena.allocateFrom(options));
      int ignored = orFail("mount on " + target, result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void unmount(String target, int flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) UMOUNT.invokeExact(state, arena.allocateFrom(target), flags);
      int ignored = orFail("umount " + target, result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Room for the error number of a call; one for each thread. */
  static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  private static int orFail(String what, int result, MemorySegment state) throws IOException {
    if (result < 0) {
      throw new IOException(what + " failed, errno " + (int) ERRNO.get(state, 0L));
    }
    return result;
  }

  private static long orErrno(long result, MemorySegment state) {
    return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
  }

  private static IOException unexpected(Throwable e) {
    return e instanceof IOException expected ? expected : new IOException(e);
  }

  private static MethodHandle handle(
      String name, FunctionDescriptor types, Linker.Option... options) {
    Linker.Option[] all = new Linker.Option[options.length + 1];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = Linker.Option.captureCallState("errno");
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), types, all);
  }

  static {
    assert ValueLayout.ADDRESS.byteSize() == 8 : "FUSE messages are for 64 bits here";
  }
}
