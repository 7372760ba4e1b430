package dev.wrtfarm.flash.image;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.tukaani.xz.XZInputStream;

/** How an image is packed; told by its first bytes, for a name proves nothing. */
enum ImageFormat {
  RAW("", ""),
  GZIP("1f8b", ".gz"),
  ZSTD("28b52ffd", ".zst"),
  XZ("fd377a585a00", ".xz");

  /** Enough for {@code xz -9} (65 MiB), and well within the memory of a lane's process. */
  private static final int XZ_MEMORY_KIB = 96 * 1024;

  /** Enough for {@code zstd --ultra} without {@code --long} above 27; not of Java's memory. */
  private static final int ZSTD_WINDOW_LOG = 27;

  /** What people pick by mistake, by its first bytes. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "504b0304", "a zip archive: unpack it first",
          "425a68", "packed with bzip2: unpack it first",
          "377abcaf271c", "a 7z archive: unpack it first",
          "7f454c46", "an ELF program, not a disk image",
          "d00dfeed", "a FIT image for a device's own flash, not for a card",
          "3c21444f4354595045", "an HTML page: the download went wrong",
          "3c68746d6c", "an HTML page: the download went wrong");

  private final String magic;
  private final String ending;

  ImageFormat(String magic, String ending) {
    this.magic = magic;
    this.ending = ending;
  }

  /** As {@code ImageFacts.format} has it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ImageFormat ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  static ImageFormat of(byte[] head, String name) throws ImageRefused {
    String digits = HexFormat.of().formatHex(head);
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (digits.startsWith(other.getKey())) {
        throw new ImageRefused(name + " is " + other.getValue());
      }
    }
    ImageFormat found = RAW;
    for (ImageFormat format : values()) {
      if (format != RAW && digits.startsWith(format.magic)) {
        found = format;
      }
    }
    String lower = name.toLowerCase(Locale.ROOT);
    for (ImageFormat format : values()) {
      if (format != RAW && format != found && lower.endsWith(format.ending)) {
        throw new ImageRefused(
            "%s is named %s but holds %s data: the download is not what it says; fetch it again"
                .formatted(name, format.ending, found.word()));
      }
    }
    return found;
  }

  InputStream decode(InputStream file, String name) throws IOException {
    return switch (this) {
      case RAW -> file;
      case GZIP -> new GzipImage(file, name);
      case ZSTD -> new ZstdInputStreamNoFinalizer(file).setLongMax(ZSTD_WINDOW_LOG);
      case XZ -> new XZInputStream(file, XZ_MEMORY_KIB);
    };
  }
}
