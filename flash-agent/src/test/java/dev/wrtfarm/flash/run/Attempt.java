package dev.wrtfarm.flash.run;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.medium.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A run as tests ask for it: a standard flash unless they say otherwise. */
final class Attempt implements RunListener, Barrier {
  private final Medium medium;
  private final MemoryImage image;
  final List<String> phases = new ArrayList<>();
  FlashKind kind = FlashKind.FLASH;
  Level level = Level.STANDARD;
  Wipe wipe = Wipe.SIGNATURES;
  @Nullable Long prefix;
  List<Region> wiped = List.of();
  byte[] config = new byte[0];
  String cancelIn = "";

  /** Null for a slot that has no reset. */
  @Nullable Runnable atReset;

  /** What is done fails, and the card is only opened again. */
  boolean resetFails;

  Attempt(Medium medium, MemoryImage image) {
    this.medium = medium;
    this.image = image;
  }

  FlashReport run() {
    byte[] runId = new byte[16];
    // another one for each run on a card, but the same places in each run of a test
    long seed = medium instanceof FaultyMedium card ? card.blocksWritten : System.nanoTime();
    new Random(seed).nextBytes(runId);
    RunRequest request =
        new RunRequest(
            kind, new FlashOptions(level, wipe, prefix, null), image, wiped, config, runId);
    return new FlashRun(medium, request, this, this).run();
  }

  @Override
  public Crossed cross(Medium current, boolean reset) throws MediumFailed {
    current.flush();
    if (!reset || (atReset == null && !resetFails)) {
      return new Crossed(current, "fsync; reset: none", false);
    }
    if (atReset != null) {
      atReset.run();
    }
    return new Crossed(new OpenedAgain(current), "fsync; reset: test", !resetFails);
  }

  @Override
  public void phase(String name) {
    phases.add(name);
  }

  @Override
  public void progress(long done, long total) {}

  @Override
  public boolean isCancelled() {
    return !phases.isEmpty() && phases.getLast().equals(cancelIn);
  }

  /** The same card by another descriptor. */
  private record OpenedAgain(Medium card) implements Medium {
    @Override
    public long size() {
      return card.size();
    }

    @Override
    public void read(long offset, MemorySegment into) throws MediumFailed {
      card.read(offset, into);
    }

    @Override
    public void write(long offset, MemorySegment from) throws MediumFailed {
      card.write(offset, from);
    }

    @Override
    public void flush() throws MediumFailed {
      card.flush();
    }

    @Override
    public OptionalLong delivered() {
      return card.delivered();
    }

    @Override
    public void close() {}
  }
}
