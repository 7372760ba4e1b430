package dev.wrtfarm.sample.boot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An initramfs as the kernel reads it: cpio's "newc" form, everything root's and without a time.
 */
final class CpioArchive {
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int DEVICE = 0020000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int entries;

  CpioArchive directory(String name) {
    return add(name, DIRECTORY | 0755, 0, 0, new byte[0]);
  }

  CpioArchive file(String name, boolean executable, byte[] content) {
    return add(name, REGULAR | (executable ? 0755 : 0644), 0, 0, content);
  }

  CpioArchive characterDevice(String name, int major, int minor) {
    return add(name, DEVICE | 0600, major, minor, new byte[0]);
  }

  byte[] bytes() {
    add("TRAILER!!!", 0, 0, 0, new byte[0]);
    return out.toByteArray();
  }

  private CpioArchive add(String name, int mode, int major, int minor, byte[] content) {
    entries++;
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    int[] fields = {
      entries, mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, path.length + 1, 0
    };
    StringBuilder header = new StringBuilder("070701");
    for (int field : fields) {
      header.append("%08x".formatted(field));
    }
    out.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(path);
    out.write(0);
    pad();
    out.writeBytes(content);
    pad();
    return this;
  }

  private void pad() {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
  }
}
