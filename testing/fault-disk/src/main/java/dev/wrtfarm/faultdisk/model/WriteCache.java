package dev.wrtfarm.faultdisk.model;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A card's own memory in front of its medium; what was used longest ago goes out first. */
final class WriteCache {
  /** What a flush does. */
  enum Flush {
    HONEST,
    LIES
  }

  interface Behind {
    void write(long block, byte[] data) throws IOException;
  }

  private final int blocks;
  private final Flush flush;
  private final boolean survivesPowerCycle;
  private final LinkedHashMap<Long, byte[]> held = new LinkedHashMap<>(16, 0.75f, true);

  WriteCache(int blocks, Flush flush, boolean survivesPowerCycle) {
    this.blocks = blocks;
    this.flush = flush;
    this.survivesPowerCycle = survivesPowerCycle;
  }

  byte @Nullable [] get(long block) {
    return held.get(block);
  }

  void put(long block, byte[] data, Behind medium) throws IOException {
    held.put(block, data.clone());
    while (held.size() > blocks) {
      Map.Entry<Long, byte[]> oldest = held.firstEntry();
      held.remove(oldest.getKey());
      medium.write(oldest.getKey(), oldest.getValue());
    }
  }

  void flush(Behind medium) throws IOException {
    if (flush == Flush.HONEST) {
      for (Map.Entry<Long, byte[]> each : held.entrySet()) {
        medium.write(each.getKey(), each.getValue());
      }
      held.clear();
    }
  }

  void powerCycle() {
    if (!survivesPowerCycle) {
      held.clear();
    }
  }
}
