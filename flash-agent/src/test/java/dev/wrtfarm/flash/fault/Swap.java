package dev.wrtfarm.flash.fault;

import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.run.Barrier;
import dev.wrtfarm.flash.run.RunListener;
import java.io.IOException;

/**
 * A hand that puts another card in during one of the resets. As a listener it wants the run stopped
 * from then on.
 */
final class Swap implements Barrier, RunListener {
  private final Card card;
  private final Card other;
  private final int at;
  private int resets;

  /**
   * @param at which reset, from 1
   */
  Swap(Card card, Card other, int at) {
    this.card = card;
    this.other = other;
    this.at = at;
  }

  /** Whether it came to that reset. */
  boolean isDone() {
    return resets >= at;
  }

  @Override
  public Crossed cross(Medium medium, boolean reset) throws MediumFailed {
    if (!reset || resets + 1 != at) {
      resets += reset ? 1 : 0;
      return card.barrier().cross(medium, reset);
    }
    resets++;
    medium.flush();
    medium.close();
    try {
      return new Crossed(other.open(), "fsync; reset: somebody's hand", true);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void phase(String name) {}

  @Override
  public void progress(long done, long total) {}

  @Override
  public boolean isCancelled() {
    return isDone();
  }
}
