package dev.wrtfarm.cli.problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file or folder could not be had: the JDK often names only the file, and not what it is. */
public final class FileTrouble {
  private FileTrouble() {}

  public static String text(IOException e) {
    return switch (e) {
      case NoSuchFileException it -> "there is no " + it.getFile();
      case AccessDeniedException it -> it.getFile() + " is not yours to write";
      case FileAlreadyExistsException it -> it.getFile() + " is a file";
      case FileSystemException it when it.getReason() != null ->
          it.getFile() + ": " + it.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
