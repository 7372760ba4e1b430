package dev.wrtfarm.flash.journal;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Walks along the chain and believes nothing: each line has to follow the one before it. */
final class ChainReader {
  private final JournalFiles files;
  private final AgentKey key;
  private long n;
  private String digest = ChainedLine.BEFORE_FIRST;
  private String file = JournalFiles.nameFor(1);
  private long position;

  ChainReader(JournalFiles files, AgentKey key) {
    this.files = files;
    this.key = key;
  }

  /** Reads on to the head; afterwards it stands there. */
  void readTo(Head head, Consumer<Entry> each) throws IOException {
    while (n < head.n()) {
      boolean last = file.equals(head.file());
      long end = last ? head.length() : files.length(file);
      if (files.length(file) < end || end == 0) {
        throw new JournalBroken(
            "%s is missing or cut off: line %d was in it".formatted(files.path(file), n + 1));
      }
      List<String> lines = files.lines(file, position, end);
      if (position + JournalFiles.bytes(lines) != end) {
        throw new JournalBroken(
            "%s: line %d is cut off".formatted(files.path(file), n + 1 + lines.size()));
      }
      readFile(lines, each);
      position = end;
      if (!last) {
        if (files.path(JournalFiles.nameFor(n + 1)).equals(files.path(file))) {
          throw new JournalBroken(files.path(file) + " is empty");
        }
        file = JournalFiles.nameFor(n + 1);
        position = 0;
      } else if (n != head.n() || !digest.equals(head.digest())) {
        throw new JournalBroken(
            "%s ends with line %d, but line %d was written"
                .formatted(files.path(file), n, head.n()));
      }
    }
    if (!digest.equals(head.digest()) || n != head.n()) {
      throw new JournalBroken("the head speaks of line %d, before line %d".formatted(head.n(), n));
    }
  }

  private void readFile(List<String> lines, Consumer<Entry> each) throws IOException {
    for (String line : lines) {
      Entry entry;
      try {
        entry = ChainedLine.read(key, line, n + 1, digest);
      } catch (JournalBroken e) {
        throw new JournalBroken(files.path(file) + ": " + e.getMessage());
      }
      n = entry.n();
      digest = ChainedLine.digest(line);
      each.accept(entry);
    }
  }
}
