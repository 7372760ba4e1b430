package dev.wrtfarm.flash.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the journal ends, in a signed file of its own: without it, lines cut off at the end would
 * leave a journal that is right as far as it goes.
 *
 * @param n of the last line; 0 before the first
 * @param digest of that line
 * @param file that it is in
 * @param length of that file, in bytes
 */
record Head(long n, String digest, String file, long length) {

  void save(Path path, AgentKey key) throws IOException {
    String text = text();
    DurableFile.replace(
        path, (text + " " + key.sign(text) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  static Head read(Path path, AgentKey key) throws IOException {
    String saved;
    try {
      saved = Files.readString(path, StandardCharsets.US_ASCII).strip();
    } catch (NoSuchFileException e) {
      throw new JournalBroken(path + ", which says where the journal ends, is missing");
    }
    List<String> words = List.of(saved.split(" ", -1));
    if (words.size() == 5) {
      try {
        Head head =
            new Head(
                Long.parseLong(words.get(0)),
                words.get(1),
                words.get(2),
                Long.parseLong(words.get(3)));
        if (key.sign(head.text()).equals(words.get(4))) {
          return head;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
    }
    throw new JournalBroken(path + " is not as the agent wrote it");
  }

  private String text() {
    return "%d %s %s %d".formatted(n, digest, file, length);
  }
}
