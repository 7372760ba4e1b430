package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.DeviceFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A regular file that stands in for a card; its inode stands in for the disk sequence number. */
final class FileCard {
  static final String PORT = "file:";

  private FileCard() {}

  static DeviceFacts facts(Path file) throws IOException {
    return new DeviceFacts(
        PORT + file,
        file.toString(),
        "0:0",
        (long) Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS),
        Files.size(file),
        "file",
        null,
        null,
        null,
        null,
        !Files.isWritable(file));
  }
}
