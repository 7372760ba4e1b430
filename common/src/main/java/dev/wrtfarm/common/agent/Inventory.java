package dev.wrtfarm.common.agent;

import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent has in front of it, sent when it starts, when something changes, and every minute.
 *
 * @param bootId the kernel's, new at each boot of the host
 * @param lanes jobs whose lane process lives, and so may hold a device
 */
public record Inventory(
    String host, String version, String bootId, List<SlotReport> slots, List<String> lanes) {

  /**
   * One slot of the agent's configuration.
   *
   * @param state {@code empty}, {@code ready}, {@code refused}, {@code busy}, {@code needs-check}
   * @param refusal why its device would be refused, if so
   * @param message the refusal in words, naming the mount, holder or process
   */
  public record SlotReport(
      String slot,
      String port,
      String state,
      boolean unattended,
      int score,
      @Nullable DeviceFacts device,
      @Nullable CardReport card,
      @Nullable RefusalReason refusal,
      @Nullable String message) {}

  /** What the agent's journal knows of a card. */
  public record CardReport(String id, @Nullable String label, CardState state, int score) {}
}
