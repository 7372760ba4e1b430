package dev.wrtfarm.common.rest;

import java.time.Instant;
import java.util.List;

/**
 * The farm's copy of an agent's journal.
 *
 * @param next number of the first line that the farm does not have
 * @param breaks where the copy is not one unbroken chain; none: it is
 * @param lines those that were asked for, as they are in the agent's files
 */
public record JournalView(String host, long next, List<JournalBreak> breaks, List<String> lines) {

  /**
   * A place where something is wrong.
   *
   * @param n of the first line that is concerned
   * @param kind {@code gap} (lines never came), {@code chain} (the line does not follow the one
   *     before it), {@code changed} (the agent sent another line of the same number later) or
   *     {@code unreadable}
   */
  public record JournalBreak(long n, String kind, String message, Instant found) {}
}
