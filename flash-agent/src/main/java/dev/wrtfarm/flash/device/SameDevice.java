package dev.wrtfarm.flash.device;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.flash.linux.BlockControl;
import dev.wrtfarm.flash.linux.CallFailed;
import dev.wrtfarm.flash.linux.FileStatus;
import dev.wrtfarm.flash.linux.OpenFile;
import dev.wrtfarm.flash.linux.OpenFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether two descriptions, or a description and a descriptor, are of one device. */
final class SameDevice {
  private SameDevice() {}

  static void require(DeviceFacts planned, DeviceFacts now, boolean afterReset)
      throws DeviceRefused {
    List<String> differences = new ArrayList<>();
    compare(differences, "port", planned.port(), now.port());
    compare(differences, "bus", planned.bus(), now.bus());
    compare(differences, "size", planned.size(), now.size());
    compare(differences, "reader", planned.reader(), now.reader());
    compare(differences, "card (CID)", planned.cid(), now.cid());
    compare(differences, "card (CSD)", planned.csd(), now.csd());
    if (!afterReset) {
      compare(differences, "node", planned.node(), now.node());
      compare(differences, "device number", planned.number(), now.number());
      compare(differences, "disk sequence number", planned.sequence(), now.sequence());
    }
    requireNone(planned, differences);
  }

  static void require(DeviceFacts planned, OpenFile file, OpenFlag access)
      throws DeviceRefused, CallFailed {
    FileStatus status = file.status();
    List<String> differences = new ArrayList<>();
    if (planned.bus().equals("file")) {
      compare(differences, "kind", true, status.regularFile());
      compare(differences, "inode", planned.sequence(), status.inode());
      compare(differences, "size", planned.size(), status.size());
      requireNone(planned, differences);
      return;
    }
    compare(differences, "kind", true, status.blockDevice());
    compare(differences, "device number", planned.number(), status.number());
    requireNone(planned, differences);
    if (planned.sequence() == 0) {
      throw new DeviceRefused(
          RefusalReason.KIND_NOT_ALLOWED,
          "the kernel gives %s no disk sequence number, so a changed card could not be told; use Linux 5.15 or newer"
              .formatted(planned.node()));
    }
    compare(
        differences, "disk sequence number", planned.sequence(), BlockControl.diskSequence(file));
    compare(differences, "size", planned.size(), BlockControl.size(file));
    requireNone(planned, differences);
    if (access != OpenFlag.READ_ONLY && BlockControl.isReadOnly(file)) {
      throw new DeviceRefused(
          RefusalReason.READ_ONLY,
          planned.node() + " is read-only; look at the card's lock switch");
    }
  }

  private static void compare(
      List<String> differences, String what, @Nullable Object planned, @Nullable Object now) {
    if (!Objects.equals(planned, now)) {
      differences.add("%s %s instead of %s".formatted(what, now, planned));
    }
  }

  private static void requireNone(DeviceFacts planned, List<String> differences)
      throws DeviceRefused {
    if (!differences.isEmpty()) {
      throw new DeviceRefused(
          RefusalReason.CHANGED,
          "%s is not what was planned any more: %s. It was not written to; make a new plan"
              .formatted(planned.node(), String.join(", ", differences)));
    }
  }
}
