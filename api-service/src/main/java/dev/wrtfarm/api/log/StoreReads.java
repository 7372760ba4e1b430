package dev.wrtfarm.api.log;

import dev.wrtfarm.api.artifact.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a store that may be away: then one reader at a time finds out whether it still is, and
 * the others hear so at once, so that they do not take turns at waiting for it.
 */
final class StoreReads {
  private static final long PAUSE = Duration.ofSeconds(5).toNanos();

  private record Away(StoreUnavailable cause, long until) {}

  private final LongSupplier nanos;
  private final AtomicReference<@Nullable Away> away = new AtomicReference<>();

  StoreReads(LongSupplier nanos) {
    this.nanos = nanos;
  }

  <T> T read(Supplier<T> store) {
    Away before = away.get();
    if (before != null && !isMyTurn(before)) {
      throw before.cause();
    }
    try {
      T read = store.get();
      away.set(null);
      return read;
    } catch (StoreUnavailable e) {
      away.set(new Away(e, nanos.getAsLong() + PAUSE));
      throw e;
    }
  }

  private boolean isMyTurn(Away before) {
    long now = nanos.getAsLong();
    return before.until() - now <= 0
        && away.compareAndSet(before, new Away(before.cause(), now + PAUSE));
  }
}
