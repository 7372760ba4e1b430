package dev.wrtfarm.faultdisk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.faultdisk.model.FakeSize.Beyond;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockModelTest {
  private static final int BLOCK = BlockModel.BLOCK;
  private static final int BLOCKS = 256;
  private static final long SIZE = (long) BLOCKS * BLOCK;

  @Test
  void a_good_card_gives_back_what_was_written_and_zeros_elsewhere() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).build();
    write(card, 3, 'a');
    assertThat(read(card, 3)).containsOnly('a');
    assertThat(read(card, 4)).containsOnly(0);
    assertThat(card.bytesWritten()).isEqualTo(BLOCK);
    assertThat(card.bytesRead()).isEqualTo(2 * BLOCK);
  }

  @Test
  void a_card_in_a_file_behaves_the_same(@TempDir Path folder) throws IOException {
    try (BlockModel card = BlockModel.on(new FileStore(folder.resolve("card"), SIZE)).build()) {
      write(card, 255, 'a');
      assertThat(read(card, 255)).containsOnly('a');
      assertThat(read(card, 254)).containsOnly(0);
    }
  }

  @Test
  void a_write_of_a_part_of_a_block_keeps_the_rest_of_it() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).lyingCache(4).build();
    write(card, 0, 'a');
    card.write(512, ByteBuffer.wrap(filled('b', 512)));
    byte[] found = read(card, 0);
    assertThat(Arrays.copyOfRange(found, 0, 512)).containsOnly('a');
    assertThat(Arrays.copyOfRange(found, 512, 1024)).containsOnly('b');
    assertThat(Arrays.copyOfRange(found, 1024, BLOCK)).containsOnly('a');
  }

  @Test
  void a_lost_stretch_keeps_what_it_had() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(Losses.of(new Stretch(4, 2))).build();
    card.plant(4 * BLOCK, filled('o', 2 * BLOCK));
    card.write(3 * BLOCK, ByteBuffer.wrap(filled('n', 4 * BLOCK)));
    assertThat(read(card, 3)).containsOnly('n');
    assertThat(read(card, 4)).containsOnly('o');
    assertThat(read(card, 5)).containsOnly('o');
    assertThat(read(card, 6)).containsOnly('n');
  }

  @Test
  void weak_blocks_are_always_the_same_and_about_as_many_as_said() throws IOException {
    boolean[] once = lost(Losses.ofWeakBlocks(0.2, 7), 1);
    assertThat(lost(Losses.ofWeakBlocks(0.2, 7), 3)).isEqualTo(once);
    assertThat(lost(Losses.ofWeakBlocks(0.2, 8), 1)).isNotEqualTo(once);
    assertThat(count(once)).isBetween(25, 80);
  }

  @Test
  void a_lost_write_may_be_taken_the_second_time() throws IOException {
    boolean[] once = lost(Losses.ofSomeWrites(0.2, 7), 1);
    assertThat(count(once)).isBetween(25, 80);
    assertThat(count(lost(Losses.ofSomeWrites(0.2, 7), 2))).isLessThan(count(once));
  }

  @Test
  void a_card_that_locks_itself_takes_so_many_blocks_and_no_more() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(Losses.ofWritesAfter(3)).build();
    for (int block = 0; block < 5; block++) {
      write(card, block, 'a');
    }
    assertThat(read(card, 2)).containsOnly('a');
    assertThat(read(card, 3)).containsOnly(0);
  }

  @Test
  void an_honest_worn_card_refuses_writes_and_still_reads() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(Refusals.ofWritesAfter(1)).build();
    write(card, 0, 'a');
    assertThatThrownBy(() -> write(card, 1, 'a')).isInstanceOf(DiskFailed.class).hasMessage("EIO");
    assertThat(read(card, 0)).containsOnly('a');
    assertThat(read(card, 1)).containsOnly(0);
  }

  @Test
  void a_single_write_can_fail() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(Refusals.ofWrite(5, 2)).build();
    write(card, 5, 'a');
    assertThatThrownBy(() -> write(card, 5, 'b')).hasMessage("EIO");
    assertThat(read(card, 5)).containsOnly('a');
    write(card, 5, 'c');
    assertThat(read(card, 5)).containsOnly('c');
  }

  @Test
  void an_unreadable_stretch_takes_writes() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(Refusals.ofReads(new Stretch(5, 1))).build();
    write(card, 5, 'a');
    assertThatThrownBy(() -> read(card, 5)).hasMessage("EIO");
    assertThat(card.medium(5 * BLOCK, BLOCK)).containsOnly('a');
    assertThat(read(card, 4)).containsOnly(0);
  }

  @Test
  void a_card_that_is_pulled_out_answers_nothing_any_more() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(Refusals.pulledOutAfter(2)).build();
    write(card, 0, 'a');
    write(card, 1, 'a');
    assertThat(read(card, 1)).containsOnly('a');
    assertThatThrownBy(() -> write(card, 2, 'a')).hasMessage("ENODEV");
    assertThatThrownBy(() -> read(card, 1)).hasMessage("ENODEV");
    assertThatThrownBy(card::flush).hasMessage("ENODEV");
  }

  @Test
  void unplugging_can_be_undone() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).build();
    write(card, 0, 'a');
    card.unplug();
    assertThatThrownBy(() -> read(card, 0)).hasMessage("ENODEV");
    card.plugIn();
    assertThat(read(card, 0)).containsOnly('a');
  }

  @Test
  void a_fake_card_can_wrap_around() throws IOException {
    BlockModel card = fake(Beyond.WRAPS);
    write(card, 100 + 3, 'b');
    assertThat(read(card, 3)).containsOnly('b');
    assertThat(read(card, 203)).containsOnly('b');
  }

  @Test
  void a_fake_card_can_keep_what_it_has() throws IOException {
    BlockModel card = fake(Beyond.KEEPS);
    write(card, 99, 'n');
    write(card, 100, 'n');
    assertThat(read(card, 99)).containsOnly('n');
    assertThat(read(card, 100)).containsOnly('o');
  }

  @Test
  void a_fake_card_can_deliver_zeros() throws IOException {
    BlockModel card = fake(Beyond.ZEROS);
    write(card, 100, 'n');
    assertThat(read(card, 99)).containsOnly('o');
    assertThat(read(card, 100)).containsOnly(0);
  }

  @Test
  void a_fake_card_can_fail() throws IOException {
    BlockModel card = fake(Beyond.FAILS);
    write(card, 99, 'n');
    assertThatThrownBy(() -> write(card, 100, 'n')).hasMessage("EIO");
    assertThatThrownBy(() -> read(card, 100)).hasMessage("EIO");
  }

  @Test
  void bits_flip_in_some_readings_only() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(Garbling.ofReads(0.3, 5)).build();
    int wrong = 0;
    int right = 0;
    for (int i = 0; i < 100; i++) {
      int bits = bits(read(card, 1));
      assertThat(bits).isLessThanOrEqualTo(1);
      wrong += bits;
      right += 1 - bits;
    }
    assertThat(wrong).isPositive();
    assertThat(right).isGreaterThan(wrong);
  }

  @Test
  void weak_cells_always_have_the_same_wrong_bit() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(Garbling.ofStoredBits(1, 5)).build();
    write(card, 1, 0);
    byte[] first = read(card, 1);
    assertThat(bits(first)).isEqualTo(1);
    write(card, 1, 0);
    assertThat(read(card, 1)).isEqualTo(first);
  }

  @Test
  void a_garbled_stretch_holds_something_else_and_an_unstable_one_changes() throws IOException {
    BlockModel card =
        BlockModel.ofSize(SIZE)
            .with(Garbling.ofStretch(new Stretch(1, 1), 5))
            .with(Garbling.unstable(new Stretch(2, 1), 5))
            .build();
    write(card, 1, 'a');
    write(card, 2, 'a');
    assertThat(bits(read(card, 1))).isGreaterThan(BLOCK);
    assertThat(read(card, 1)).isEqualTo(read(card, 1));
    assertThat(read(card, 2)).isNotEqualTo(read(card, 2));
  }

  @Test
  void a_cache_that_lies_loses_what_was_flushed() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).lyingCache(4).build();
    for (int block = 0; block < 6; block++) {
      write(card, block, 'a');
    }
    card.flush();
    assertThat(read(card, 5)).containsOnly('a');
    card.powerCycle();
    assertThat(read(card, 1)).as("pushed out by later writes").containsOnly('a');
    assertThat(read(card, 2)).containsOnly(0);
  }

  @Test
  void an_honest_cache_keeps_what_was_flushed_and_loses_the_rest() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).honestCache(4).build();
    write(card, 0, 'a');
    card.flush();
    write(card, 1, 'a');
    card.powerCycle();
    assertThat(read(card, 0)).containsOnly('a');
    assertThat(read(card, 1)).containsOnly(0);
  }

  @Test
  void a_stubborn_cache_hides_a_dead_medium_over_a_reset_until_it_overflows() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).stubbornCache(4).with(Losses.ofEverything()).build();
    write(card, 0, 'a');
    card.flush();
    card.powerCycle();
    assertThat(read(card, 0)).containsOnly('a');
    for (int block = 1; block < 5; block++) {
      write(card, block, 'b');
    }
    assertThat(read(card, 0)).containsOnly(0);
  }

  @Test
  void a_slow_card_takes_at_least_its_time() throws IOException {
    BlockModel card =
        BlockModel.ofSize(SIZE)
            .with(new Pace(10_000_000, 10_000_000))
            .with(Pace.stalls(2, Duration.ofMillis(50)))
            .build();
    long start = System.nanoTime();
    card.write(0, ByteBuffer.allocate((int) SIZE));
    card.write(0, ByteBuffer.allocate(BLOCK));
    read(card, 0);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(150));
  }

  @Test
  void a_card_can_become_another_one() throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).build();
    write(card, 0, 'a');
    card.become(Losses.ofEverything());
    write(card, 0, 'b');
    assertThat(read(card, 0)).containsOnly('a');
  }

  private static BlockModel fake(Beyond beyond) throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(new FakeSize(100L * BLOCK, beyond)).build();
    card.plant(0, filled('o', (int) SIZE));
    return card;
  }

  /** Which blocks were lost after so many writes of each. */
  private static boolean[] lost(Fault fault, int writes) throws IOException {
    BlockModel card = BlockModel.ofSize(SIZE).with(fault).build();
    boolean[] lost = new boolean[BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      for (int i = 0; i < writes; i++) {
        write(card, block, 'a');
      }
      lost[block] = read(card, block)[0] == 0;
    }
    return lost;
  }

  private static int count(boolean[] lost) {
    int count = 0;
    for (boolean each : lost) {
      count += each ? 1 : 0;
    }
    return count;
  }

  private static int bits(byte[] data) {
    int bits = 0;
    for (byte each : data) {
      bits += Integer.bitCount(each & 0xFF);
    }
    return bits;
  }

  private static void write(BlockModel card, long block, int with) throws IOException {
    card.write(block * BLOCK, ByteBuffer.wrap(filled(with, BLOCK)));
  }

  private static byte[] read(BlockModel card, long block) throws IOException {
    byte[] found = new byte[BLOCK];
    card.read(block * BLOCK, ByteBuffer.wrap(found));
    return found;
  }

  private static byte[] filled(int with, int bytes) {
    byte[] data = new byte[bytes];
    Arrays.fill(data, (byte) with);
    return data;
  }
}
