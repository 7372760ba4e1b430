package dev.wrtfarm.api.submission;

import org.jspecify.annotations.Nullable;

/**
 * A caller's wish on its way into the queue.
 *
 * @param tenant on whose account
 * @param key the caller's idempotency key
 */
public record Submission(String tenant, Wish wish, @Nullable IdempotencyKey key) {
  /** The one tenant, until callers have names. */
  public static final String LOCAL = "local";
}
