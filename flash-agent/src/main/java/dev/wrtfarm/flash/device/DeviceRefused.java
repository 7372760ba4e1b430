package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.RefusalReason;

/** A device that is not to be written to; the message names the mount, holder or process. */
public final class DeviceRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final RefusalReason reason;

  public DeviceRefused(RefusalReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public RefusalReason reason() {
    return reason;
  }
}
