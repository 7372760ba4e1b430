package dev.wrtfarm.api.submission;

import dev.wrtfarm.common.value.InvalidValue;
import java.util.regex.Pattern;

/**
 * The caller's own name for a request: the same again is the same request.
 *
 * @param bodySha256 of the body that came with it
 */
public record IdempotencyKey(String value, String bodySha256) {
  /** So long it counts, as in SQL. */
  public static final String LIFETIME = "interval '24 hours'";

  private static final Pattern FORMAT = Pattern.compile("[\\x21-\\x7e]{1,200}");

  public IdempotencyKey {
    if (!FORMAT.matcher(value).matches()) {
      throw new InvalidValue(
          "Idempotency-Key", value, "give 1 to 200 printable ASCII characters without spaces");
    }
  }
}
