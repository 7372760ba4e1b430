package dev.wrtfarm.flash.fault;

import static dev.wrtfarm.common.flash.Level.QUALIFY;
import static dev.wrtfarm.common.flash.Level.QUICK;
import static dev.wrtfarm.common.flash.Level.STANDARD;
import static dev.wrtfarm.common.flash.Level.THOROUGH;
import static dev.wrtfarm.common.flash.MismatchKind.ALIAS;
import static dev.wrtfarm.common.flash.MismatchKind.BITFLIP;
import static dev.wrtfarm.common.flash.MismatchKind.CORRUPT;
import static dev.wrtfarm.common.flash.MismatchKind.STALE;
import static dev.wrtfarm.common.flash.MismatchKind.STALE_NONCE;
import static dev.wrtfarm.common.flash.MismatchKind.UNREADABLE;
import static dev.wrtfarm.common.flash.Verdict.DATA_LOST;
import static dev.wrtfarm.common.flash.Verdict.DEVICE_CHANGED;
import static dev.wrtfarm.common.flash.Verdict.FAKE_CAPACITY;
import static dev.wrtfarm.common.flash.Verdict.GHOST_WRITE;
import static dev.wrtfarm.common.flash.Verdict.PASSED;
import static dev.wrtfarm.common.flash.Verdict.READ_FAILED;
import static dev.wrtfarm.common.flash.Verdict.READ_ONLY;
import static dev.wrtfarm.common.flash.Verdict.UNSTABLE;
import static dev.wrtfarm.common.flash.Verdict.WRITE_FAILED;

import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.faultdisk.model.FakeSize;
import dev.wrtfarm.faultdisk.model.FakeSize.Beyond;
import dev.wrtfarm.faultdisk.model.Garbling;
import dev.wrtfarm.faultdisk.model.Losses;
import dev.wrtfarm.faultdisk.model.Pace;
import dev.wrtfarm.faultdisk.model.Refusals;
import dev.wrtfarm.faultdisk.model.Stretch;
import dev.wrtfarm.flash.fault.Row.Before;
import java.time.Duration;
import java.util.List;

/**
 * Fault by level: what a run says. The card has 64 MiB, the image 12. Where a level cannot see a
 * fault, the row says PASSED, and why.
 */
final class FaultTable {
  private static final int MIB = 1 << 20;
  private static final int BLOCKS_PER_MIB = 256;

  /** In the middle of the image, neither in its hole nor in the wiped head. */
  private static final Stretch IN_THE_IMAGE = Stretch.ofBytes(9L * MIB, MIB);

  private FaultTable() {}

  static List<Row> rows() {
    return List.of(
        Row.of("none", card -> {}).always(PASSED).at(QUALIFY, PASSED),
        Row.of("none, and the same image again", card -> {})
            .before(Before.THE_SAME_IMAGE)
            .always(PASSED),
        Row.of("slow", card -> card.with(new Pace(80L * MIB, 90L * MIB))).always(PASSED),
        Row.of("stalls", card -> card.with(Pace.stalls(200, Duration.ofMillis(50)))).always(PASSED),
        Row.of("honest cache", card -> card.honestCache(8 * BLOCKS_PER_MIB)).always(PASSED),

        // Writes that are lost.
        Row.of("a stretch loses its writes", card -> card.with(Losses.of(IN_THE_IMAGE)))
            .always(GHOST_WRITE, STALE),
        Row.of("block 0 loses its writes", card -> card.with(Losses.of(new Stretch(0, 1))))
            .always(GHOST_WRITE, STALE),
        Row.of(
                "a wiped stretch keeps an old overlay",
                card -> card.with(Losses.of(Stretch.ofBytes(12L * MIB, MIB))))
            .always(GHOST_WRITE),
        Row.of("weak blocks lose their writes", card -> card.with(Losses.ofWeakBlocks(0.01, 11)))
            .always(GHOST_WRITE),
        Row.of("some writes are lost, not twice", card -> card.with(Losses.ofSomeWrites(0.0005, 5)))
            // The old content is known, so this is no damage that writing again could heal.
            .always(GHOST_WRITE, STALE),
        Row.of("locked", card -> card.with(Losses.ofEverything())).always(GHOST_WRITE, STALE),
        Row.of("locked, and the same image again", card -> card.with(Losses.ofEverything()))
            .before(Before.THE_SAME_IMAGE)
            .always(GHOST_WRITE),
        Row.of(
                "locks itself while the image is written",
                card -> card.with(Losses.ofWritesAfter(15 * BLOCKS_PER_MIB)))
            .always(READ_ONLY, STALE_NONCE),

        // Errors.
        Row.of("refuses all writes", card -> card.with(Refusals.ofWritesAfter(0)))
            .always(WRITE_FAILED),
        Row.of(
                "refuses writes from the middle of the image on",
                card -> card.with(Refusals.ofWritesAfter(15 * BLOCKS_PER_MIB)))
            .always(WRITE_FAILED),
        Row.of("a stretch cannot be read", card -> card.with(Refusals.ofReads(IN_THE_IMAGE)))
            .always(READ_FAILED, UNREADABLE),
        Row.of(
                "pulled out while the image is written",
                card -> card.with(Refusals.pulledOutAfter(15 * BLOCKS_PER_MIB)))
            .always(DEVICE_CHANGED),

        // Smaller than it says.
        Row.of("wraps within the image", card -> card.with(new FakeSize(8L * MIB, Beyond.WRAPS)))
            .always(FAKE_CAPACITY),
        Row.of("wraps beyond the image", card -> card.with(new FakeSize(32L * MIB, Beyond.WRAPS)))
            .always(FAKE_CAPACITY, ALIAS)
            .at(QUALIFY, FAKE_CAPACITY, ALIAS),
        Row.of("wraps at an odd size", card -> card.with(new FakeSize(25L * MIB, Beyond.WRAPS)))
            .always(FAKE_CAPACITY, ALIAS),
        Row.of(
                "its upper half keeps what it has",
                card -> card.with(new FakeSize(32L * MIB, Beyond.KEEPS)))
            .always(FAKE_CAPACITY, STALE),
        Row.of(
                "its upper half stays empty",
                card -> card.with(new FakeSize(32L * MIB, Beyond.KEEPS)))
            .before(Before.NOTHING)
            .always(FAKE_CAPACITY, STALE),
        Row.of("its upper half is zeros", card -> card.with(new FakeSize(32L * MIB, Beyond.ZEROS)))
            .always(FAKE_CAPACITY, STALE),
        Row.of("its last 4 MiB are zeros", card -> card.with(new FakeSize(60L * MIB, Beyond.ZEROS)))
            .always(FAKE_CAPACITY, STALE),
        Row.of("its upper half fails", card -> card.with(new FakeSize(32L * MIB, Beyond.FAILS)))
            .always(FAKE_CAPACITY),
        Row.of(
                "fake behind a cache that lies",
                card ->
                    card.with(new FakeSize(32L * MIB, Beyond.KEEPS)).lyingCache(4 * BLOCKS_PER_MIB))
            .before(Before.NOTHING)
            .always(FAKE_CAPACITY, STALE),

        // Caches.
        Row.of(
                "a cache that lies, smaller than the image",
                card -> card.lyingCache(4 * BLOCKS_PER_MIB))
            // Without a power cut everything that was written comes back, from cache or medium.
            .at(QUICK, PASSED)
            .at(STANDARD, GHOST_WRITE)
            .at(THOROUGH, GHOST_WRITE),
        Row.of(
                "a cache that lies, larger than the image",
                card -> card.lyingCache(32 * BLOCKS_PER_MIB))
            .at(QUICK, PASSED)
            // Without a single mark after the reset it is not told from another card.
            .at(STANDARD, DEVICE_CHANGED)
            .at(THOROUGH, DEVICE_CHANGED),
        Row.of(
                "a dead medium behind a small cache that a reset does not empty",
                card -> card.with(Losses.ofEverything()).stubbornCache(4 * BLOCKS_PER_MIB))
            .always(GHOST_WRITE),
        Row.of(
                "a dead medium behind a large cache that a reset does not empty",
                card -> card.with(Losses.ofEverything()).stubbornCache(40 * BLOCKS_PER_MIB))
            // The reset that would show it does not reach the cache: only overflowing it does.
            .at(QUICK, PASSED)
            .at(STANDARD, PASSED)
            .at(THOROUGH, GHOST_WRITE),

        // Data that comes back different.
        Row.of("bits flip while reading", card -> card.with(Garbling.ofReads(0.05, 13)))
            .always(UNSTABLE, MismatchKind.UNSTABLE),
        Row.of("bits are stored wrong", card -> card.with(Garbling.ofStoredBits(0.01, 14)))
            .always(DATA_LOST, BITFLIP),
        Row.of("a stretch is garbled", card -> card.with(Garbling.ofStretch(IN_THE_IMAGE, 15)))
            .always(DATA_LOST, CORRUPT),
        Row.of(
                "a stretch reads differently each time",
                card -> card.with(Garbling.unstable(IN_THE_IMAGE, 16)))
            .always(UNSTABLE, MismatchKind.UNSTABLE));
  }
}
