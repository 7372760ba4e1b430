package dev.wrtfarm.bench.flash;

import dev.wrtfarm.flash.image.ImageFile;
import dev.wrtfarm.flash.image.ImageInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Random bytes in a file, which stays in the page cache. */
record BenchImage(Path path, long bytes, ImageInput input) {

  static BenchImage make(Path folder, long bytes) throws IOException {
    Path path = folder.resolve(bytes / BenchCard.MIB + "-mib.img");
    Random random = new Random(bytes);
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] chunk = new byte[BenchCard.MIB];
      for (long at = 0; at < bytes; at += chunk.length) {
        random.nextBytes(chunk);
        out.write(chunk);
      }
    }
    return new BenchImage(
        path, bytes, ImageFile.look(path, path.getFileName().toString(), null, null, bytes));
  }
}
