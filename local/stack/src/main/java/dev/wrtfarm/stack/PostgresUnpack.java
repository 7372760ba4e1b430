package dev.wrtfarm.stack;

import dev.wrtfarm.launcher.FolderTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Run by the build: unpacks the server's programs for this machine's processor. Doing it at each
 * first start would cost two seconds, and every test has a first start.
 */
public final class PostgresUnpack {
  /** What a server needs; not headers, static libraries and the like. */
  private static final Pattern NEEDED =
      Pattern.compile("bin/.+|lib/[^/]+\\.so[^/]*|lib/postgresql/[^/]+\\.so|share/.+");

  private PostgresUnpack() {}

  /** With the folder of the stack's jar and the version. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0], PostgresBinaries.FOLDER);
    Path stamp = folder.resolve("version");
    if (Files.exists(stamp) && Files.readString(stamp).equals(args[1])) {
      return;
    }
    Path unfinished = folder.resolveSibling("postgres-unfinished");
    FolderTree.delete(unfinished);
    FolderTree.delete(folder);
    unpack("/postgres-linux-" + architecture() + ".txz", unfinished);
    Files.writeString(unfinished.resolve("version"), args[1]);
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return switch (name) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "arm_64";
      default ->
          throw new StackFailed(
              "there is no PostgreSQL for the processor %s: use amd64 or aarch64".formatted(name));
    };
  }

  private static void unpack(String archive, Path to) throws IOException {
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (packed == null) {
        throw new StackFailed("the class path lacks " + archive);
      }
      TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)));
      for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
        if (NEEDED.matcher(each.getName()).matches()) {
          unpack(each, tar, to.resolve(each.getName()).normalize());
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Path folder = target.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, target);
      boolean program = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
