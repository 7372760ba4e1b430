package dev.wrtfarm.common.offer;

/**
 * The record on the offers topic: work is waiting. It is a hint only; the worker that takes it asks
 * the API for the best build, which need not be this one.
 */
public record Offer(String build) {
  private static final String TOPIC_SUFFIX = ".build.offers";
  private static final String GROUP_SUFFIX = ".workers";

  public static String topic(String prefix) {
    return prefix + TOPIC_SUFFIX;
  }

  /** The share group of all workers. */
  public static String group(String prefix) {
    return prefix + GROUP_SUFFIX;
  }
}
