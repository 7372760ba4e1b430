package dev.wrtfarm.launcher;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The permissions that folders and files of the farm have. */
final class FolderModes {
  static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
  static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rwxr-xr-x");
  static final Set<PosixFilePermission> PUBLIC_FILE = PosixFilePermissions.fromString("rw-r--r--");

  private FolderModes() {}
}
