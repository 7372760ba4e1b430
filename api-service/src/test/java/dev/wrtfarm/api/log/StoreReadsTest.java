package dev.wrtfarm.api.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.api.artifact.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreReadsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final StoreReads reads = new StoreReads(nanos::get);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void a_store_that_is_away_is_asked_by_one_reader_now_and_then() {
    assertFails();
    assertFails();
    assertThat(asked).as("the second heard it at once").hasValue(1);
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertFails();
    assertFails();
    assertThat(asked).hasValue(2);
  }

  @Test
  void while_one_reader_finds_out_the_others_do_not_wait() {
    assertFails();
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    String read =
        reads.read(() -> {
          assertFails();
          return "text";
        });
    assertThat(read).isEqualTo("text");
    assertThat(asked).hasValue(1);
    assertThat(reads.read(() -> "more")).as("it is back").isEqualTo("more");
  }

  private void assertFails() {
    assertThatThrownBy(() -> reads.read(this::away)).isInstanceOf(StoreUnavailable.class);
  }

  private String away() {
    asked.incrementAndGet();
    throw new StoreUnavailable("read an object", new IOException("nobody there"));
  }
}
