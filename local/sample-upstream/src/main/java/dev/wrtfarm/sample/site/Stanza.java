package dev.wrtfarm.sample.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A block of {@code Key: value} lines; blocks are parted by empty lines, {@code #} begins a
 * comment.
 */
record Stanza(Map<String, String> fields) {

  static List<Stanza> readAll(Path file) throws IOException {
    List<Stanza> stanzas = new ArrayList<>();
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int colon = line.indexOf(": ");
      if (line.isBlank()) {
        addTo(stanzas, fields);
        fields = new LinkedHashMap<>();
      } else if (!line.startsWith("#")) {
        if (colon < 0) {
          throw new IOException(file + ": not a \"Key: value\" line: " + line);
        }
        fields.put(line.substring(0, colon), line.substring(colon + 2).strip());
      }
    }
    addTo(stanzas, fields);
    return stanzas;
  }

  private static void addTo(List<Stanza> stanzas, Map<String, String> fields) {
    if (!fields.isEmpty()) {
      stanzas.add(new Stanza(fields));
    }
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  String get(String key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException("no " + key + " in " + fields));
  }

  /** The words of a field, none if it is absent. */
  List<String> words(String key) {
    return find(key).map(value -> List.of(value.split(" +"))).orElse(List.of());
  }
}
