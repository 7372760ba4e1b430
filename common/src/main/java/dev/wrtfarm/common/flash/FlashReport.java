package dev.wrtfarm.common.flash;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did and found.
 *
 * @param message one sentence for a person: what is wrong, and with what
 * @param wrote whether anything was written to the device
 * @param phaseMillis how long each phase took, in the order of their run
 * @param bytesWritten to the device, canaries and wiping included
 * @param bytesRead from the device
 * @param mismatches at most 100 stretches
 * @param mismatchedBytes in all
 * @param estimatedSize of a fake card, in bytes
 * @param barriers how each barrier was made, for example {@code fsync}, {@code reset: none}
 * @param rewritten chunks that took a second write; such a card is suspect even if it passed
 * @param latency of the writes
 * @param warnings such as a write cache that the kernel does not know of
 */
public record FlashReport(
    Verdict verdict,
    String message,
    boolean wrote,
    Map<String, Long> phaseMillis,
    long bytesWritten,
    long bytesRead,
    List<Mismatch> mismatches,
    long mismatchedBytes,
    @Nullable Long estimatedSize,
    List<String> barriers,
    int rewritten,
    Latency latency,
    List<String> warnings) {

  /** Times of single writes, in microseconds. */
  public record Latency(long p50, long p99, long max) {
    public static final Latency NONE = new Latency(0, 0, 0);
  }

  /** A run that ended before anything was written. */
  public static FlashReport untouched(Verdict verdict, String message) {
    return new FlashReport(
        verdict,
        message,
        false,
        Map.of(),
        0,
        0,
        List.of(),
        0,
        null,
        List.of(),
        0,
        Latency.NONE,
        List.of());
  }
}
