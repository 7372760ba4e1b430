package dev.wrtfarm.sample.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The first root of a booting kernel: busybox, the modules that a mount needs, and our init. */
final class Initramfs {
  private Initramfs() {}

  static byte[] gzipped(Path parts, byte[] init) throws IOException {
    CpioArchive archive = new CpioArchive();
    for (String folder : List.of("bin", "dev", "modules")) {
      archive.directory(folder);
    }
    // The kernel opens it for init before anything can mount /dev.
    archive.characterDevice("dev/console", 5, 1);
    archive.file("bin/busybox", true, Files.readAllBytes(parts.resolve(BootParts.BUSYBOX)));
    try (Stream<Path> modules = Files.list(parts.resolve(BootParts.MODULES))) {
      for (Path module : modules.sorted().toList()) {
        archive.file("modules/" + module.getFileName(), false, Files.readAllBytes(module));
      }
    }
    archive.file("init", true, init);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(archive.bytes());
    }
    return zipped.toByteArray();
  }
}
