package dev.wrtfarm.cli.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Writes a file so that nobody ever sees half of it, nor with wider rights than meant. */
public final class WholeFile {
  public static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");
  public static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private WholeFile() {}

  public static void write(Path file, String text, Set<PosixFilePermission> rights)
      throws IOException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, ".unfinished-", "");
    try {
      Files.writeString(unfinished, text);
      Files.setPosixFilePermissions(unfinished, rights);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
