package dev.wrtfarm.api.event;

import dev.wrtfarm.api.log.LogGrown;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets the first event about a build's log pass at once, then at most one per beat, the newest: a
 * build that logs much floods nobody.
 */
final class LogPace {
  private static final LogGrown NOTHING_SINCE = new LogGrown("", 0, 0);

  private final Consumer<LogGrown> tell;
  private final Map<String, LogGrown> since = new HashMap<>();

  LogPace(Consumer<LogGrown> tell) {
    this.tell = tell;
  }

  synchronized void grown(LogGrown log) {
    if (since.put(log.build(), log) == null) {
      since.put(log.build(), NOTHING_SINCE);
      tell.accept(log);
    }
  }

  /** To be called at an interval. */
  synchronized void beat() {
    since.values().removeIf(each -> each == NOTHING_SINCE);
    since.replaceAll((build, newest) -> {
      tell.accept(newest);
      return NOTHING_SINCE;
    });
  }
}
