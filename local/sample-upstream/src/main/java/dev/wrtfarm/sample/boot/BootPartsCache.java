package dev.wrtfarm.sample.boot;

import dev.wrtfarm.sample.boot.PackageTools.Unavailable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the parts in a folder of the user's: they are large, not ours to distribute, and Debian's
 * security updates replace them. What was fetched once is used for as long as it is there.
 *
 * @param folder is made when there is something to keep
 * @param path where the host's package tools are looked for
 */
public record BootPartsCache(Path folder, String path) {
  private static final String KERNEL_PACKAGE = "linux-image-cloud-amd64";
  private static final List<String> OTHER_PACKAGES =
      List.of("busybox-static:amd64", "syslinux:amd64", "syslinux-common");
  private static final List<String> MODULES =
      List.of("fs/squashfs/squashfs.ko", "fs/overlayfs/overlay.ko", "drivers/block/loop.ko");

  /** Without asking anybody. */
  public BootParts look() {
    return Files.exists(parts().resolve(BootParts.PACKAGES))
        ? new BootParts.Found(parts())
        : new BootParts.Missing("nothing has been fetched into " + folder);
  }

  private Path parts() {
    return folder.resolve("parts");
  }

  /** From the cache, otherwise by Debian's package tools. */
  public BootParts fetch() throws InterruptedException {
    if (look() instanceof BootParts.Found found) {
      return found;
    }
    try {
      Files.createDirectories(folder);
      Path work = Files.createTempDirectory(folder, "fetch");
      try {
        collect(new PackageTools(work, path), Files.createDirectory(work.resolve("parts")));
      } finally {
        delete(work);
      }
      return look();
    } catch (Unavailable | IOException e) {
      return new BootParts.Missing(String.valueOf(e.getMessage()));
    }
  }

  private void collect(PackageTools tools, Path made)
      throws Unavailable, IOException, InterruptedException {
    List<Path> packages = tools.fetch(KERNEL_PACKAGE, OTHER_PACKAGES);
    Path tree = Files.createDirectory(tools.work().resolve("tree"));
    StringBuilder names = new StringBuilder();
    for (Path deb : packages) {
      tools.extract(deb, tree);
      names.append(deb.getFileName()).append('\n');
    }
    take(tree, "boot/vmlinuz-[^/]*", made.resolve(BootParts.KERNEL));
    take(tree, "(usr/)?bin/busybox", made.resolve(BootParts.BUSYBOX));
    take(tree, "usr/bin/syslinux", made.resolve(BootParts.SYSLINUX));
    take(tree, "usr/lib/(syslinux/mbr|SYSLINUX)/mbr\\.bin", made.resolve(BootParts.MBR));
    Path modules = Files.createDirectory(made.resolve(BootParts.MODULES));
    for (String module : MODULES) {
      Path copy = modules.resolve(Path.of(module).getFileName());
      take(tree, "(usr/)?lib/modules/[^/]*/kernel/" + module + "(\\.xz)?", copy);
      tools.unpacked(copy);
    }
    Files.writeString(made.resolve(BootParts.PACKAGES), names);
    try {
      Files.move(made, parts(), StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
      // Another build was faster.
    }
  }

  private static void take(Path tree, String pattern, Path copy) throws Unavailable, IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      Path file =
          files
              .filter(Files::isRegularFile)
              .filter(each -> tree.relativize(each).toString().matches(pattern))
              .findFirst()
              .orElseThrow(() -> new Unavailable("Debian's packages lack " + pattern));
      Files.copy(file, copy);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
