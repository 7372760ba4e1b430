package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.RefusalReason;

/**
 * Why a device is not written to.
 *
 * @param message names the device, what stands against it, and what to do
 */
public record Refusal(RefusalReason reason, String message) {
  DeviceRefused asException() {
    return new DeviceRefused(reason, message);
  }
}
