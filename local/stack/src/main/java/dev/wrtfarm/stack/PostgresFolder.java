package dev.wrtfarm.stack;

import dev.wrtfarm.launcher.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The database's files. */
record PostgresFolder(Path path) {

  /** Makes the database, its role and itself, if there is none; whole or not at all. */
  void initialise(PostgresBinaries binaries, PostgresPasswords passwords) {
    if (Files.exists(path)) {
      return;
    }
    Path unfinished = path.resolveSibling("database-unfinished");
    Path passwordFile = path.resolveSibling("database-password");
    try {
      FolderTree.delete(unfinished);
      PrivateFile.write(passwordFile, passwords.superuser());
      ToolRun.run(initdb(binaries, unfinished, passwordFile), "");
      ToolRun.run(singleUser(binaries, unfinished), farmDatabase(passwords.farm()));
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(passwordFile);
    } catch (IOException e) {
      throw new StackFailed("the database cannot be made in " + path, e);
    }
  }

  /** Not synced: a database that a power cut leaves unfinished is made anew. */
  private static List<String> initdb(PostgresBinaries binaries, Path folder, Path passwordFile) {
    return List.of(
        binaries.program("initdb"),
        "--pgdata=" + folder,
        "--username=postgres",
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-sync",
        "--no-instructions");
  }

  private static List<String> singleUser(PostgresBinaries binaries, Path folder) {
    return List.of(
        binaries.program("postgres"),
        "--single",
        "-D",
        folder.toString(),
        "-c",
        "exit_on_error=on",
        "-c",
        "fsync=off",
        "-c",
        "log_min_messages=error",
        "postgres");
  }

  /** CREATEDB, so that tests can have databases of their own. */
  private static String farmDatabase(String password) {
    return """
    CREATE ROLE wrtfarm LOGIN CREATEDB PASSWORD '%s'
    CREATE DATABASE wrtfarm OWNER wrtfarm
    """
        .formatted(password);
  }
}
