package dev.wrtfarm.flash.agent;

import dev.wrtfarm.flash.device.SlotConfig;

/**
 * A slot of the configuration.
 *
 * @param unattended plans may be confirmed without a person, on qualified cards
 * @param reset {@code none} or {@code helper}
 */
public record SlotSetup(SlotConfig slot, boolean unattended, String reset) {
  public String name() {
    return slot.name();
  }
}
