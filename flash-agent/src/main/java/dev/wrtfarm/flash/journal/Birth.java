package dev.wrtfarm.flash.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The first moments of a journal. The key gets its name last: as long as it has none, whatever is
 * in the folder was never used, and is made again.
 */
record Birth(Path data, JournalFiles files) {
  static final String KEY = "key";

  static Birth of(Path data, JournalFiles files) {
    return new Birth(data, files);
  }

  /** Empty when the key of an existing journal is missing. */
  Optional<AgentKey> key() throws IOException {
    Path file = data.resolve(KEY);
    if (Files.exists(file)) {
      return Optional.of(AgentKey.read(file));
    }
    Path unborn = data.resolve(KEY + ".new");
    boolean interrupted = Files.exists(unborn);
    if (!interrupted && (Files.exists(files.head()) || !files.names().isEmpty())) {
      return Optional.empty();
    }
    Files.deleteIfExists(unborn);
    Files.deleteIfExists(files.head());
    AgentKey key = AgentKey.create(unborn);
    new Head(0, ChainedLine.BEFORE_FIRST, JournalFiles.nameFor(1), 0).save(files.head(), key);
    Files.move(unborn, file, StandardCopyOption.ATOMIC_MOVE);
    DurableFile.syncFolder(data.toAbsolutePath());
    return Optional.of(key);
  }
}
