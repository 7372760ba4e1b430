package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * What is in a slot now.
 *
 * @param device what the kernel says of it, also of one that is refused; null when there is none
 * @param refusal why it may not be written to; null when it may
 */
public record SlotLook(SlotConfig slot, @Nullable DeviceFacts device, @Nullable Refusal refusal) {

  /** Nothing is there to be written to: no reader, or no card in it. */
  public boolean isEmpty() {
    return refusal != null
        && (refusal.reason() == RefusalReason.NO_DEVICE
            || refusal.reason() == RefusalReason.NO_MEDIUM);
  }

  /** The device, if it may be written to, or, for a run that only reads, if it may be read. */
  public DeviceFacts readyFor(FlashKind kind) throws DeviceRefused {
    return kind == FlashKind.VERIFY ? readable() : ready();
  }

  /** The device, if it may be written to. */
  public DeviceFacts ready() throws DeviceRefused {
    return unless(refusal);
  }

  /** The device, if nothing stands against writing to it but that it cannot be written. */
  DeviceFacts readable() throws DeviceRefused {
    return unless(refusal != null && refusal.reason() == RefusalReason.READ_ONLY ? null : refusal);
  }

  private DeviceFacts unless(@Nullable Refusal against) throws DeviceRefused {
    if (against != null) {
      throw against.asException();
    }
    if (device == null) {
      throw new IllegalStateException("neither a device nor a refusal: " + slot);
    }
    return device;
  }
}
