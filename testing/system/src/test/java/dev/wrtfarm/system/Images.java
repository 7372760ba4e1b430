package dev.wrtfarm.system;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Looks into a disk image: partition table, and the squashfs of the second partition. */
final class Images {
  private static final int TABLE = 446;
  private static final int ENTRY = 16;
  private static final int SECTOR = 512;

  private Images() {}

  /** OpenWrt appends metadata behind the gzip stream, which is no error. */
  static byte[] unpacked(byte[] gzip) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      in.transferTo(out);
    } catch (EOFException trailing) {
      throw new AssertionError("the image's gzip stream is cut", trailing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static List<Integer> partitionTypes(byte[] disk) {
    if ((disk[510] & 0xff) != 0x55 || (disk[511] & 0xff) != 0xaa) {
      throw new AssertionError("no partition table");
    }
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int type = disk[TABLE + i * ENTRY + 4] & 0xff;
      if (type != 0) {
        types.add(type);
      }
    }
    return types;
  }

  static List<String> namesInRoot(byte[] disk) {
    return List.of(unsquashfs(disk, "-l", "").split("\n"));
  }

  static String fileInRoot(byte[] disk, String path) {
    return unsquashfs(disk, "-cat", path);
  }

  private static String unsquashfs(byte[] disk, String option, String path) {
    ByteBuffer table = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
    int start = table.getInt(TABLE + ENTRY + 8) * SECTOR;
    try {
      Path image = Files.createTempFile("wrtfarm-root", ".squashfs");
      Files.write(image, java.util.Arrays.copyOfRange(disk, start, disk.length));
      List<String> command = new ArrayList<>(List.of("unsquashfs", option, image.toString()));
      if (!path.isEmpty()) {
        command.add(path);
      }
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Files.delete(image);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
