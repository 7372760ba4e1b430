package dev.wrtfarm.api.artifact;

import dev.wrtfarm.common.value.InvalidValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How long presigned URLs are good for, and how long therefore an object is left alone. They belong
 * together: whoever shortens one of them shortens what follows from it.
 */
@ApplicationScoped
class Lifetimes {
  /** Signature Version 4 knows no longer ones. */
  private static final Duration LONGEST_URL = Duration.ofDays(7);

  private static final int TOUCHES_PER_URL = 4;

  private final Duration get;
  private final Duration put;
  private final Duration afterUrl;

  Lifetimes(StoreConfig config) {
    get = url("wrtfarm.s3.get-validity", config.getValidity());
    put = url("wrtfarm.s3.put-validity", config.putValidity());
    afterUrl =
        notBelowZero("wrtfarm.s3.longest-download", config.longestDownload())
            .plus(notBelowZero("wrtfarm.s3.clock-slack", config.clockSlack()));
  }

  private static Duration notBelowZero(String key, Duration given) {
    if (given.isNegative()) {
      throw new InvalidValue(key, given.toString(), "give a duration that is not below 0");
    }
    return given;
  }

  private static Duration url(String key, Duration validity) {
    if (validity.toMillis() < 1_000 || validity.compareTo(LONGEST_URL) > 0) {
      throw new InvalidValue(
          key, validity.toString(), "give 1 s to " + LONGEST_URL.toDays() + " d");
    }
    return Duration.ofSeconds(validity.toSeconds());
  }

  Duration get() {
    return get;
  }

  Duration put() {
    return put;
  }

  /** A use that follows another within this time is not written down. */
  Duration touchEvery() {
    return get.dividedBy(TOUCHES_PER_URL);
  }

  /** So long after its URL ran out a transfer may still go on. */
  Duration afterUrl() {
    return afterUrl;
  }

  /** So long after the last use that was written down no reader is left. */
  Duration grace() {
    Duration longestUrl = get.compareTo(put) > 0 ? get : put;
    return longestUrl.plus(touchEvery()).plus(afterUrl);
  }
}
