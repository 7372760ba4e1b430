package dev.wrtfarm.faultdisk.loop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Makes and takes away loop devices that nothing is attached to, by their number. */
final class LoopControl {
  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;
  private static final long ADD = 0x4C80;
  private static final long REMOVE = 0x4C81;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("open"),
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CONTROL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("ioctl"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private LoopControl() {}

  /** False when there is one of that number, or when none can be made. */
  static boolean add(int number) {
    return ask(ADD, number);
  }

  /** False when somebody has it open, or there is none. */
  static boolean remove(int number) {
    return ask(REMOVE, number);
  }

  private static boolean ask(long request, int number) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment node = arena.allocateFrom("/dev/loop-control");
      int control = (int) OPEN.invokeExact(node, O_RDWR | O_CLOEXEC);
      if (control < 0) {
        return false;
      }
      int answer = (int) CONTROL.invokeExact(control, request, (long) number);
      int ignored = (int) CLOSE.invokeExact(control);
      return answer >= 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
