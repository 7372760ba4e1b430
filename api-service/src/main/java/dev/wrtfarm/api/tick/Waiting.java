package dev.wrtfarm.api.tick;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Who waits at this replica for news, by what it is about. What nobody waits for is forgotten. */
public final class Waiting<T> {
  private final Map<String, Set<T>> those = new ConcurrentHashMap<>();

  public void enter(String about, T who) {
    those.compute(
        about,
        (key, before) -> {
          Set<T> with = before == null ? ConcurrentHashMap.newKeySet() : before;
          with.add(who);
          return with;
        });
  }

  public void leave(String about, T who) {
    those.computeIfPresent(
        about,
        (key, before) -> {
          before.remove(who);
          return before.isEmpty() ? null : before;
        });
  }

  public Set<T> forNewsOf(String about) {
    return those.getOrDefault(about, Set.of());
  }

  public Stream<T> all() {
    return those.values().stream().flatMap(Set::stream);
  }
}
