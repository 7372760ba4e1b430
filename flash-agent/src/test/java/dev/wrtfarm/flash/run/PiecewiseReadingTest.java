package dev.wrtfarm.flash.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.flash.medium.Medium;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PiecewiseReadingTest {
  private static final int BLOCKS = 32;

  /** Whoever hears nothing for two minutes takes the card for stuck. */
  @Test
  void each_error_is_heard_of_for_a_device_may_take_seconds_for_it() throws Exception {
    FaultyMedium medium = new FaultyMedium(BLOCKS * Medium.BLOCK);
    medium.unreadable = block -> true;
    AtomicInteger heard = new AtomicInteger();
    RunListener listener =
        new RunListener() {
          @Override
          public void phase(String name) {}

          @Override
          public void progress(long done, long total) {
            heard.incrementAndGet();
          }

          @Override
          public boolean isCancelled() {
            return false;
          }
        };
    Card card = new Card(medium, true, listener, new RunRecord());
    Set<Long> unreadable = new HashSet<>();

    new PiecewiseReading(card)
        .read(0, Arena.ofAuto().allocate(BLOCKS * Medium.BLOCK, Medium.BLOCK), unreadable::add);

    assertThat(unreadable).hasSize(BLOCKS);
    assertThat(heard.get()).isGreaterThanOrEqualTo(BLOCKS);
  }
}
