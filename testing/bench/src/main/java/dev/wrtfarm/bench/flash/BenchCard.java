package dev.wrtfarm.bench.flash;

import dev.wrtfarm.bench.process.BenchFailed;
import dev.wrtfarm.faultdisk.FaultDisk;
import dev.wrtfarm.faultdisk.loop.Loop;
import dev.wrtfarm.faultdisk.model.BlockModel;
import dev.wrtfarm.faultdisk.model.FileStore;
import dev.wrtfarm.faultdisk.model.Pace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A block device that can be taken out and put in again. */
interface BenchCard extends AutoCloseable {
  int MB = 1_000_000;
  int MIB = 1 << 20;

  Path node();

  void replug() throws IOException;

  @Override
  void close() throws IOException;

  /** As fast as a usual card: 80 MB/s for writes, 90 MB/s for reads. */
  static BenchCard paced(Path folder, long bytes) throws IOException {
    FaultDisk disk =
        FaultDisk.attach(
            BlockModel.on(new FileStore(folder.resolve("paced-card"), bytes))
                .with(new Pace(80L * MB, 90L * MB))
                .build());
    return new BenchCard() {
      @Override
      public Path node() {
        return disk.node();
      }

      @Override
      public void replug() throws IOException {
        disk.powerCycle();
      }

      @Override
      public void close() throws IOException {
        disk.close();
      }
    };
  }

  /** As fast as the machine's own disk; the file is allocated, so that no round pays for that. */
  static BenchCard bare(Path folder, long bytes) throws IOException {
    Path file = folder.resolve("bare-card");
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] zeros = new byte[MIB];
      for (long at = 0; at < bytes; at += MIB) {
        out.write(zeros);
      }
    }
    return new BenchCard() {
      private Loop loop = Loop.attach(file);

      @Override
      public Path node() {
        return loop.node();
      }

      @Override
      public void replug() throws IOException {
        loop.close();
        loop = Loop.attach(file);
      }

      @Override
      public void close() throws IOException {
        loop.close();
        if (!Files.deleteIfExists(file)) {
          throw new BenchFailed(file + " has gone");
        }
      }
    };
  }
}
