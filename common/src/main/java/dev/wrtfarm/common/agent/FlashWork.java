package dev.wrtfarm.common.agent;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work on one slot.
 *
 * @param step what to do now
 * @param unattended whoever asked would like the agent to confirm the plan itself
 * @param token of the confirmed plan, for EXECUTE
 * @param leaseSeconds how long the lease lasts without a heartbeat
 */
public record FlashWork(
    String job,
    long fence,
    Step step,
    FlashKind kind,
    String slot,
    ImageSource image,
    FlashOptions options,
    boolean unattended,
    @Nullable String token,
    int leaseSeconds) {

  public enum Step {
    PLAN,
    EXECUTE
  }

  /**
   * Where an image comes from, and what it must be.
   *
   * @param url a presigned GET, or whoever asked named it
   * @param sha256 of the file that the URL gives
   * @param size of that file in bytes, when known
   */
  public record ImageSource(
      String name, String url, String sha256, @Nullable Long size, @Nullable String imageId) {}
}
