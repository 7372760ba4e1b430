package dev.wrtfarm.faultdisk.fuse;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.wrtfarm.faultdisk.model.BlockModel;
import dev.wrtfarm.faultdisk.model.DiskFailed;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Answers the kernel's questions about one file. The file system's root is that file itself: it is
 * mounted onto a regular file, and nothing is ever looked up in it.
 *
 * <p>The layout of each message is that of {@code linux/fuse.h}: a request has 40 bytes of header,
 * an answer 16, its length, its error and the number of its request.
 */
final class Answers {
  static final int LARGEST_WRITE = 1 << 20;
  static final int REQUEST_ROOM = LARGEST_WRITE + 8192;
  static final int ANSWER_ROOM = LARGEST_WRITE + 8192;

  /** For messages that are not answered. */
  static final int SILENCE = 0;

  private static final int IN = 40;
  private static final int OUT = 16;
  private static final int WRITE_DATA = IN + 40;

  /** ASYNC_READ, BIG_WRITES, ASYNC_DIO, MAX_PAGES. */
  private static final int CAPABILITIES = 1 | 1 << 5 | 1 << 15 | 1 << 22;

  /** DIRECT_IO and PARALLEL_DIRECT_WRITES: no page cache in front of the model. */
  private static final int OPEN_FLAGS = 1 | 1 << 6;

  private static final int MODE_OF_A_FILE = 0100600;

  private final BlockModel model;

  Answers(BlockModel model) {
    this.model = model;
  }

  /** How many bytes of {@code out} are the answer. */
  int to(MemorySegment in, MemorySegment out) {
    int opcode = in.get(JAVA_INT_UNALIGNED, 4);
    int bytes;
    try {
      bytes = body(opcode, in, out);
    } catch (DiskFailed e) {
      bytes = -e.error().number();
    } catch (IOException | RuntimeException e) {
      // A defect of the model itself: whoever reads the log of the test has to see it.
      new IllegalStateException("the model failed", e).printStackTrace();
      bytes = -Kernel.EIO;
    }
    if (bytes == Integer.MIN_VALUE) {
      return SILENCE;
    }
    int length = OUT + Math.max(bytes, 0);
    out.set(JAVA_INT_UNALIGNED, 0, length);
    out.set(JAVA_INT_UNALIGNED, 4, Math.min(bytes, 0));
    out.set(JAVA_LONG_UNALIGNED, 8, in.get(JAVA_LONG_UNALIGNED, 8));
    return length;
  }

  private int body(int opcode, MemorySegment in, MemorySegment out) throws IOException {
    return switch (opcode) {
      case Opcode.READ -> read(in, out);
      case Opcode.WRITE -> write(in, out);
      case Opcode.FSYNC -> flush();
      case Opcode.INIT -> init(in, out);
      case Opcode.GETATTR, Opcode.SETATTR -> attributes(out);
      case Opcode.OPEN -> open(out);
      case Opcode.FLUSH, Opcode.RELEASE, Opcode.DESTROY -> 0;
      case Opcode.STATFS -> statistics(out);
      case Opcode.FALLOCATE -> -Kernel.EOPNOTSUPP;
      case Opcode.FORGET, Opcode.BATCH_FORGET, Opcode.INTERRUPT -> Integer.MIN_VALUE;
      default -> -Kernel.ENOSYS;
    };
  }

  private int read(MemorySegment in, MemorySegment out) throws IOException {
    long offset = in.get(JAVA_LONG_UNALIGNED, IN + 8);
    long wanted = in.get(JAVA_INT_UNALIGNED, IN + 16);
    int bytes = (int) Math.max(0, Math.min(wanted, model.size() - offset));
    if (bytes > 0) {
      model.read(offset, out.asSlice(OUT, bytes).asByteBuffer());
    }
    return bytes;
  }

  private int write(MemorySegment in, MemorySegment out) throws IOException {
    long offset = in.get(JAVA_LONG_UNALIGNED, IN + 8);
    int bytes = in.get(JAVA_INT_UNALIGNED, IN + 16);
    model.write(offset, in.asSlice(WRITE_DATA, bytes).asByteBuffer());
    out.asSlice(OUT, 8).fill((byte) 0);
    out.set(JAVA_INT_UNALIGNED, OUT, bytes);
    return 8;
  }

  private int flush() throws IOException {
    model.flush();
    return 0;
  }

  private int init(MemorySegment in, MemorySegment out) {
    int offered = in.get(JAVA_INT_UNALIGNED, IN + 12);
    out.asSlice(OUT, 64).fill((byte) 0);
    out.set(JAVA_INT_UNALIGNED, OUT, 7);
    out.set(JAVA_INT_UNALIGNED, OUT + 4, 31);
    out.set(JAVA_INT_UNALIGNED, OUT + 8, LARGEST_WRITE);
    out.set(JAVA_INT_UNALIGNED, OUT + 12, CAPABILITIES & offered);
    // How many requests may wait, and from how many on the file system counts as busy.
    out.set(JAVA_INT_UNALIGNED, OUT + 16, 64 | 48 << 16);
    out.set(JAVA_INT_UNALIGNED, OUT + 20, LARGEST_WRITE);
    out.set(JAVA_INT_UNALIGNED, OUT + 24, 1);
    out.set(JAVA_INT_UNALIGNED, OUT + 28, LARGEST_WRITE / BlockModel.BLOCK);
    return 64;
  }

  private int attributes(MemorySegment out) {
    out.asSlice(OUT, 104).fill((byte) 0);
    int attributes = OUT + 16;
    out.set(JAVA_LONG_UNALIGNED, attributes, 1);
    out.set(JAVA_LONG_UNALIGNED, attributes + 8, model.size());
    out.set(JAVA_LONG_UNALIGNED, attributes + 16, model.size() / 512);
    out.set(JAVA_INT_UNALIGNED, attributes + 60, MODE_OF_A_FILE);
    out.set(JAVA_INT_UNALIGNED, attributes + 64, 1);
    out.set(JAVA_INT_UNALIGNED, attributes + 80, BlockModel.BLOCK);
    return 104;
  }

  private static int open(MemorySegment out) {
    out.asSlice(OUT, 16).fill((byte) 0);
    out.set(JAVA_INT_UNALIGNED, OUT + 8, OPEN_FLAGS);
    return 16;
  }

  private int statistics(MemorySegment out) {
    out.asSlice(OUT, 80).fill((byte) 0);
    out.set(JAVA_LONG_UNALIGNED, OUT, model.size() / BlockModel.BLOCK);
    out.set(JAVA_INT_UNALIGNED, OUT + 40, BlockModel.BLOCK);
    out.set(JAVA_INT_UNALIGNED, OUT + 44, 255);
    out.set(JAVA_INT_UNALIGNED, OUT + 48, BlockModel.BLOCK);
    return 80;
  }
}
