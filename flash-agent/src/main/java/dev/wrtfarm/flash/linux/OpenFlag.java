package dev.wrtfarm.flash.linux;

import java.util.Locale;

/**
 * How a file is opened. {@code O_CLOEXEC} is always added. The bits differ between processors, and
 * a wrong one would silently be another flag (0x4000 is {@code O_DIRECT} on x86 and {@code
 * O_DIRECTORY} on ARM), so a processor that is not in the list is refused.
 */
public enum OpenFlag {
  READ_ONLY,
  READ_WRITE,
  /** On a block device: nobody else may mount it or open it with this flag. */
  EXCLUSIVE,
  /** Past the page cache. */
  DIRECT,
  /** Fails when the last part of the path is a symbolic link. */
  NO_FOLLOW;

  static final int CLOSE_ON_EXEC = 0x80000;

  int bits() {
    return bits(System.getProperty("os.arch"));
  }

  int bits(String processor) {
    boolean arm =
        switch (processor.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64", "riscv64" -> false;
          case "aarch64", "arm64" -> true;
          default ->
              throw new UnsupportedOperationException(
                  "flashing is not supported on the processor "
                      + processor
                      + "; use a host with x86-64, AArch64 or RISC-V (64 bits)");
        };
    return switch (this) {
      case READ_ONLY -> 0;
      case READ_WRITE -> 2;
      case EXCLUSIVE -> 0x80;
      case DIRECT -> arm ? 0x10000 : 0x4000;
      case NO_FOLLOW -> arm ? 0x8000 : 0x20000;
    };
  }
}
