package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.flash.linux.CallFailed;
import dev.wrtfarm.flash.linux.OpenFile;
import dev.wrtfarm.flash.linux.OpenFlag;
import dev.wrtfarm.flash.medium.BlockDevice;

/**
 * The only way to a device's bytes.
 *
 * <h2>What it promises</h2>
 *
 * <p>A descriptor from {@link #claim} is of the device that was planned, nobody else had it mounted
 * or was seen writing to it at that moment, and nobody can mount it until the descriptor is closed.
 *
 * <h2>How</h2>
 *
 * <p>Names are luck, and between a look and an open anything may happen. So the port is resolved
 * anew, and compared with the plan; the node is opened once, without following a link, with O_EXCL,
 * which the kernel refuses while anything is mounted, swapped on or mapped. From then on only the
 * descriptor counts: its device number, size and disk sequence number (new with each attach and
 * each change of the medium) have to be those of the plan. At last all checks are made again, for
 * two reasons: something may have come in between, and O_EXCL sees neither loop devices stacked on
 * top nor plain writers. None of this has a fallback: without O_EXCL or O_DIRECT nothing is opened.
 *
 * <h2>The lock</h2>
 *
 * <p>The flock on the descriptor is udev's own protocol: while it is held, udev probes nothing and
 * makes no partitions of what is half written. udev holds it for moments, so it is waited for.
 */
public final class DeviceGuard {
  /** Opens a node for itself alone; apart, so that a test can let things happen meanwhile. */
  @FunctionalInterface
  interface Opener {
    OpenFile open(DeviceFacts facts, OpenFlag access) throws DeviceRefused;
  }

  private final Slots slots;
  private final Opener opener;

  public DeviceGuard(HostRoots roots, DeviceRules rules) {
    this(new Slots(roots, rules), new Opening(roots)::open);
  }

  DeviceGuard(Slots slots, Opener opener) {
    this.slots = slots;
    this.opener = opener;
  }

  /** To write: the very device, card and attachment that {@code planned} describes. */
  public BlockDevice claim(DeviceFacts planned) throws DeviceRefused {
    return open(planned, false, OpenFlag.READ_WRITE);
  }

  /**
   * To read what is on it, also if it cannot be written. Nothing can be written through it, and it
   * is as exclusive.
   */
  public BlockDevice inspect(DeviceFacts found) throws DeviceRefused {
    return open(found, false, OpenFlag.READ_ONLY);
  }

  /**
   * After a reset, to go on: the same card in the same port, which got a new disk sequence number
   * and perhaps a new name. That it is the same card is for its canaries to prove.
   */
  public BlockDevice reclaim(DeviceFacts before) throws DeviceRefused {
    return open(before, true, OpenFlag.READ_WRITE);
  }

  private DeviceFacts usable(SlotConfig slot, OpenFlag access) throws DeviceRefused {
    SlotLook look = slots.look(slot);
    return access == OpenFlag.READ_ONLY ? look.readable() : look.ready();
  }

  private BlockDevice open(DeviceFacts planned, boolean afterReset, OpenFlag access)
      throws DeviceRefused {
    SlotConfig slot = new SlotConfig(planned.node(), planned.port());
    DeviceFacts now = usable(slot, access);
    SameDevice.require(planned, now, afterReset);
    OpenFile file = opener.open(now, access);
    try {
      SameDevice.require(now, file, access);
      SameDevice.require(now, usable(slot, access), false);
      return new BlockDevice(file);
    } catch (CallFailed e) {
      file.close();
      throw Opening.failed(now, e);
    } catch (DeviceRefused | RuntimeException e) {
      file.close();
      throw e;
    }
  }
}
