package dev.wrtfarm.flash.lane;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.journal.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line from a lane: on its standard output, and two of them in its own journal file.
 *
 * @param text the phase of PROGRESS, the message of REFUSED
 * @param reason of REFUSED
 * @param report of ENDED
 */
public record LaneWord(
    Say say,
    @Nullable String text,
    long done,
    long total,
    @Nullable RefusalReason reason,
    @Nullable FlashReport report) {

  /** What it is about. */
  public enum Say {
    /** The device is open, and everything was checked on its descriptor. */
    READY,
    /** Nothing was written, and nothing will be. */
    REFUSED,
    /** From here on it writes. */
    BEGUN,
    PROGRESS,
    ENDED
  }

  static LaneWord ready() {
    return new LaneWord(Say.READY, null, 0, 0, null, null);
  }

  static LaneWord refused(RefusalReason reason, String message) {
    return new LaneWord(Say.REFUSED, message, 0, 0, reason, null);
  }

  static LaneWord begun() {
    return new LaneWord(Say.BEGUN, null, 0, 0, null, null);
  }

  static LaneWord progress(String phase, long done, long total) {
    return new LaneWord(Say.PROGRESS, phase, done, total, null, null);
  }

  static LaneWord ended(FlashReport report) {
    return new LaneWord(Say.ENDED, null, 0, 0, null, report);
  }

  int percent() {
    return total <= 0 ? 0 : (int) Math.clamp(done * 100.0 / total, 0, 100);
  }

  String line() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a word that JSON cannot hold", e);
    }
  }

  /** Empty for half a line. */
  static Optional<LaneWord> read(String line) {
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(line, LaneWord.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
