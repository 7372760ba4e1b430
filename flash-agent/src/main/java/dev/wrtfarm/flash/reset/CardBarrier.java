package dev.wrtfarm.flash.reset;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.medium.BlockDevice;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.run.Barrier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The barrier of a slot: flush; a SYNCHRONIZE CACHE where the kernel would not send one; and a
 * reset, if the slot has one. The record says what was really done. After a reset the device is
 * found by its port alone, and claimed with all checks of the guard; what the guard cannot tell, a
 * card of the same size put in meanwhile, the canaries and nonces of the run do.
 */
public final class CardBarrier implements Barrier {
  private static final Duration POLL = Duration.ofMillis(200);

  private final DeviceGuard guard;
  private final DeviceFacts device;
  private final @Nullable PortReset reset;
  private final Duration comeBack;

  /**
   * @param reset null for a slot that has none
   * @param comeBack how long a reader may take to be there again
   */
  public CardBarrier(
      DeviceGuard guard, DeviceFacts device, @Nullable PortReset reset, Duration comeBack) {
    this.guard = guard;
    this.device = device;
    this.reset = reset;
    this.comeBack = comeBack;
  }

  @Override
  public Crossed cross(Medium medium, boolean wanted) throws MediumFailed {
    List<String> record = new ArrayList<>();
    medium.flush();
    record.add("fsync");
    if (device.bus().equals("usb")
        && !"write back".equals(device.writeCache())
        && medium instanceof BlockDevice block) {
      record.add(SynchronizeCache.send(block.file()));
    }
    if (!wanted || reset == null) {
      record.add("reset: none");
      return new Crossed(medium, String.join("; ", record), false);
    }
    medium.close();
    boolean done = attempt(reset, record);
    return new Crossed(again(), String.join("; ", record), done);
  }

  /** A reset that failed is no reason to lose the card; the record says that there was none. */
  private static boolean attempt(PortReset reset, List<String> record) {
    try {
      record.add("reset: " + reset.reset());
      return true;
    } catch (IOException e) {
      record.add("reset: none (" + e.getMessage() + ")");
      return false;
    }
  }

  private BlockDevice again() throws MediumFailed {
    long deadline = System.nanoTime() + comeBack.toNanos();
    while (true) {
      try {
        return guard.reclaim(device);
      } catch (DeviceRefused e) {
        if (!mayStillCome(e.reason()) || System.nanoTime() > deadline) {
          throw failed(error(e.reason()), e);
        }
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed("EINTR", e);
      }
    }
  }

  /**
   * While a reader comes up it is not there, then without a card, and then udev looks at it. All
   * else is another device than the one that was reset.
   */
  private static boolean mayStillCome(RefusalReason reason) {
    return reason == RefusalReason.NO_DEVICE
        || reason == RefusalReason.NO_MEDIUM
        || reason == RefusalReason.NO_ACCESS
        || reason == RefusalReason.IN_USE;
  }

  private static String error(RefusalReason reason) {
    return switch (reason) {
      case NO_DEVICE -> "ENODEV";
      case NO_MEDIUM -> "ENOMEDIUM";
      default -> "ECHANGED";
    };
  }

  private static MediumFailed failed(String error, Exception cause) {
    MediumFailed failed = new MediumFailed("reset", error, String.valueOf(cause.getMessage()));
    failed.initCause(cause);
    return failed;
  }
}
