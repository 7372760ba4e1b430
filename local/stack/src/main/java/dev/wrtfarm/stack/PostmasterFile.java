package dev.wrtfarm.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code postmaster.pid}, by which a running server tells about itself. */
final class PostmasterFile {
  private static final int STATUS_LINE = 7;

  private final Path database;

  PostmasterFile(Path database) {
    this.database = database;
  }

  /** Whether the process with this id is the server here and takes connections. */
  boolean isReady(long pid) {
    List<String> lines = lines();
    return lines.size() > STATUS_LINE
        && lines.getFirst().strip().equals(Long.toString(pid))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  /** The server that runs here although nobody started it in this life of the stack. */
  Optional<ProcessHandle> orphan() {
    return named().filter(this::worksHere);
  }

  /**
   * What is left of a server whose head is gone. They end by themselves, but only when they next
   * look up, and while one of them has the shared memory no other server starts here. A person's
   * shell may stand in the folder too, and is none of them.
   */
  List<ProcessHandle> remains() {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().command().filter(it -> it.endsWith("/postgres")).isPresent())
        .filter(this::worksHere)
        .toList();
  }

  /**
   * Removes the file when the process id in it now belongs to somebody else. PostgreSQL would take
   * that process for itself and refuse to start; in a container, where the same few process ids
   * come back at every start, that would be the rule. A dead process PostgreSQL recognises itself.
   */
  void removeIfMisleading() {
    if (named().isPresent() && orphan().isEmpty()) {
      try {
        Files.deleteIfExists(path());
      } catch (IOException e) {
        throw new StackFailed("cannot remove " + path(), e);
      }
    }
  }

  private Optional<ProcessHandle> named() {
    return lines().stream().findFirst().map(String::strip).flatMap(PostmasterFile::process);
  }

  private static Optional<ProcessHandle> process(String pid) {
    try {
      return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A server's working directory is its database folder. */
  private boolean worksHere(ProcessHandle process) {
    try {
      Path at = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
      return at.equals(database.toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(path());
    } catch (IOException e) {
      return List.of();
    }
  }

  private Path path() {
    return database.resolve("postmaster.pid");
  }
}
