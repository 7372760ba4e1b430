package dev.wrtfarm.flash.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line: words, {@code --key value} and {@code --flag}. */
record Arguments(List<String> words, Map<String, String> values, Set<String> flags) {

  static Arguments parse(List<String> line, Set<String> keys, Set<String> flags) throws UsageWrong {
    List<String> words = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    Set<String> set = new HashSet<>();
    for (int i = 0; i < line.size(); i++) {
      String word = line.get(i);
      String name = word.startsWith("--") ? word.substring(2) : "";
      int equals = name.indexOf('=');
      if (name.isEmpty()) {
        words.add(word);
      } else if (flags.contains(name)) {
        set.add(name);
      } else if (equals > 0 && keys.contains(name.substring(0, equals))) {
        values.put(name.substring(0, equals), name.substring(equals + 1));
      } else if (keys.contains(name) && i + 1 < line.size()) {
        values.put(name, line.get(++i));
      } else if (keys.contains(name)) {
        throw new UsageWrong(word + " needs a value");
      } else {
        throw new UsageWrong("there is no option " + word);
      }
    }
    return new Arguments(words, values, set);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  String required(String key) throws UsageWrong {
    return value(key).orElseThrow(() -> new UsageWrong("--%s is missing".formatted(key)));
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }
}
