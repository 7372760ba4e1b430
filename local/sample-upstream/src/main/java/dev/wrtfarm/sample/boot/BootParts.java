package dev.wrtfarm.sample.boot;

import dev.wrtfarm.sample.boot.BootParts.Found;
import dev.wrtfarm.sample.boot.BootParts.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What makes an image boot, or why this host does not have it. */
public sealed interface BootParts permits Found, Missing {
  String KERNEL = "vmlinuz";
  String SYSLINUX = "syslinux";
  String MBR = "mbr.bin";
  String BUSYBOX = "busybox";
  String MODULES = "modules";
  String PACKAGES = "packages";

  /** Differs when images that are made with them differ. */
  String identity() throws IOException;

  /**
   * @param folder has the files of the names above, and the names of the packages they are from
   */
  record Found(Path folder) implements BootParts {
    @Override
    public String identity() throws IOException {
      return Files.readString(folder.resolve(PACKAGES)).strip().replace('\n', ' ');
    }

    public Path kernel() {
      return folder.resolve(KERNEL);
    }

    /** Writes what an Image Builder needs beside the kernel. */
    public void writeTo(Path target, byte[] init) throws IOException {
      Files.createDirectories(target);
      Files.copy(folder.resolve(MBR), target.resolve(MBR));
      Path syslinux = Files.copy(folder.resolve(SYSLINUX), target.resolve(SYSLINUX));
      if (!syslinux.toFile().setExecutable(true, false)) {
        throw new IOException(syslinux + " cannot be made executable");
      }
      Files.write(target.resolve("initramfs.gz"), Initramfs.gzipped(folder, init));
    }
  }

  record Missing(String reason) implements BootParts {
    @Override
    public String identity() {
      return "none";
    }
  }
}
