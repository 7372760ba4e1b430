package dev.wrtfarm.flash.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads a journal from its first line to its head, and changes nothing.
 *
 * @param lines that are as the agent wrote them, from the first on
 * @param fault what is wrong with the next one, or with the journal; empty for nothing
 */
public record JournalCheck(long lines, Optional<String> fault) {

  public static JournalCheck of(Path data) throws IOException {
    JournalFiles files = new JournalFiles(data.resolve("journal"));
    AtomicLong lines = new AtomicLong();
    try {
      Path key = data.resolve(Birth.KEY);
      if (!Files.isDirectory(files.folder()) || !Files.exists(key)) {
        throw new JournalBroken(
            "%s holds no journal, or its key is missing: name an agent's data folder"
                .formatted(data));
      }
      walk(files, AgentKey.read(key), lines);
      return new JournalCheck(lines.get(), Optional.empty());
    } catch (JournalBroken e) {
      return new JournalCheck(lines.get(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static void walk(JournalFiles files, AgentKey key, AtomicLong lines) throws IOException {
    // An agent at work adds nothing meanwhile.
    try (ProcessLock lock = ProcessLock.on(files.lock());
        var held = lock.hold()) {
      Head head = Head.read(files.head(), key);
      new ChainReader(files, key).readTo(head, entry -> lines.set(entry.n()));
      for (String name : files.names()) {
        long first = JournalFiles.firstOf(name);
        if (first > JournalFiles.firstOf(head.file()) && first != head.n() + 1) {
          throw new JournalBroken(files.path(name) + " does not belong to this journal");
        }
      }
      new Tail(files, key).check(head);
    }
  }
}
