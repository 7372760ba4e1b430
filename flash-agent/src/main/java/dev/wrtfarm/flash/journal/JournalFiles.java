package dev.wrtfarm.flash.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The journal's files, each named after its first line: {@code 000000000001.jsonl}. A line is there
 * when its line end is.
 */
record JournalFiles(Path folder) {
  private static final String SUFFIX = ".jsonl";

  static String nameFor(long first) {
    return "%012d%s".formatted(first, SUFFIX);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path head() {
    return folder.resolve("head");
  }

  Path lock() {
    return folder.resolve("lock");
  }

  /** Oldest first. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{12}\\" + SUFFIX))
          .sorted()
          .toList();
    }
  }

  /** The file with that line, if it is there at all. */
  String nameWith(long n) throws IOException {
    String found = nameFor(1);
    for (String name : names()) {
      if (firstOf(name) <= n) {
        found = name;
      }
    }
    return found;
  }

  static long firstOf(String name) {
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  /** Whole lines between two positions; what follows the last line end is left out. */
  List<String> lines(String name, long from, long to) throws IOException {
    List<String> lines = new ArrayList<>();
    try (FileChannel in = FileChannel.open(path(name), StandardOpenOption.READ)) {
      byte[] bytes = new byte[Math.toIntExact(Math.max(0, Math.min(to, in.size()) - from))];
      ByteBuffer into = ByteBuffer.wrap(bytes);
      while (into.hasRemaining() && in.read(into, from + into.position()) >= 0) {}
      int start = 0;
      for (int i = 0; i < into.position(); i++) {
        if (bytes[i] == '\n') {
          lines.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
          start = i + 1;
        }
      }
    }
    return lines;
  }

  static long bytes(List<String> lines) {
    return lines.stream().mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + 1).sum();
  }

  long length(String name) throws IOException {
    Path file = path(name);
    return Files.exists(file) ? Files.size(file) : 0;
  }

  void cut(String name, long length) throws IOException {
    try (FileChannel file = FileChannel.open(path(name), StandardOpenOption.WRITE)) {
      file.truncate(length);
      file.force(true);
    }
  }

  /** On the disk when it returns. */
  void append(String name, String line) throws IOException {
    DurableFile.append(path(name), line + "\n");
  }
}
