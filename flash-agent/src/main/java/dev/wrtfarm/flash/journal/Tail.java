package dev.wrtfarm.flash.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What a killed process left after the head: a whole line counts, anything else is cut off. */
record Tail(JournalFiles files, AgentKey key) {

  Head settle() throws IOException {
    Head head = Head.read(files.head(), key);
    String file = fileWithTail(head);
    long from = file.equals(head.file()) ? head.length() : 0;
    boolean begunAndEmpty = from == 0 && Files.exists(files.path(file));
    if (files.length(file) <= from && !begunAndEmpty) {
      return head;
    }
    List<String> lines = lines(head, file, from);
    if (lines.isEmpty()) {
      drop(file, from);
      return head;
    }
    String line = lines.getFirst();
    Head settled = new Head(head.n() + 1, ChainedLine.digest(line), file, from + bytes(line));
    drop(file, settled.length());
    settled.save(files.head(), key);
    return settled;
  }

  /** Whether what is there can be what a killed process left. */
  void check(Head head) throws IOException {
    String file = fileWithTail(head);
    if (Files.exists(files.path(file))) {
      lines(head, file, file.equals(head.file()) ? head.length() : 0);
    }
  }

  private List<String> lines(Head head, String file, long from) throws IOException {
    List<String> lines = files.lines(file, from, Long.MAX_VALUE);
    if (!lines.isEmpty()) {
      ChainedLine.read(key, lines.getFirst(), head.n() + 1, head.digest());
    }
    if (lines.size() > 1) {
      throw new JournalBroken(
          "%s has lines after line %d, where the journal ends"
              .formatted(files.path(file), head.n() + 1));
    }
    return lines;
  }

  private String fileWithTail(Head head) throws IOException {
    String next = JournalFiles.nameFor(head.n() + 1);
    return files.length(head.file()) == head.length() && Files.exists(files.path(next))
        ? next
        : head.file();
  }

  private void drop(String file, long from) throws IOException {
    if (from == 0) {
      Files.deleteIfExists(files.path(file));
    } else if (files.length(file) > from) {
      files.cut(file, from);
    }
  }

  private static long bytes(String line) {
    return JournalFiles.bytes(List.of(line));
  }
}
