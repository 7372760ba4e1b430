package dev.wrtfarm.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user without login or home that a program of the farm runs as when root starts the farm. */
public record SystemUser(String name) {
  /** Database, broker, object store, API. */
  public static final SystemUser FARM = new SystemUser("wrtfarm");

  /** Workers run other people's scripts, and so may not read what belongs to the farm. */
  public static final SystemUser WORKER = new SystemUser("wrtfarm-worker");

  /** A flash agent may open the devices of its slots, and read nothing of the farm. */
  public static final SystemUser FLASH = new SystemUser("wrtfarm-flash");

  private static final int ROOT = 0;

  public static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This user, made if it does not exist, when we are root; else null: nobody to drop to. */
  public @Nullable SystemUser whenRoot() {
    if (!isRoot()) {
      return null;
    }
    make();
    return this;
  }

  public boolean exists() {
    try {
      return accounts().lookupPrincipalByName(name) != null;
    } catch (UserPrincipalNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the user if it does not exist yet; needs root. */
  public void make() {
    if (exists()) {
      return;
    }
    String answer =
        run(
            List.of(
                "/usr/sbin/useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--shell",
                "/usr/sbin/nologin",
                name));
    if (!exists()) {
      throw new ProgramFailed("the system user " + name + " cannot be made: " + answer);
    }
  }

  /** Makes the folder if it is missing, and gives it, not its contents, to this user alone. */
  public void own(Path folder) {
    try {
      Files.createDirectories(folder);
      PosixFileAttributeView view =
          Files.getFileAttributeView(folder, PosixFileAttributeView.class);
      view.setOwner(accounts().lookupPrincipalByName(name));
      view.setGroup(accounts().lookupPrincipalByGroupName(name));
      view.setPermissions(FolderModes.PRIVATE);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be given to " + name, e);
    }
  }

  /** The command that becomes this user for good, and then the program that follows. */
  List<String> prefix() {
    return List.of(
        "setpriv", "--reuid", name, "--regid", name, "--init-groups", "--inh-caps=-all", "--");
  }

  private static UserPrincipalLookupService accounts() {
    return FileSystems.getDefault().getUserPrincipalLookupService();
  }

  private static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
