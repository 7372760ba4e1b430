package dev.wrtfarm.flash.lane;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.device.HostRoots;
import dev.wrtfarm.flash.image.ImageFile;
import dev.wrtfarm.flash.journal.DurableFile;
import dev.wrtfarm.flash.journal.ProcessLock;
import dev.wrtfarm.flash.medium.BlockDevice;
import dev.wrtfarm.flash.reset.CardBarrier;
import dev.wrtfarm.flash.reset.HelperReset;
import dev.wrtfarm.flash.reset.PortReset;
import dev.wrtfarm.flash.run.FlashRun;
import dev.wrtfarm.flash.run.RunRequest;
import dev.wrtfarm.flash.wipe.CardContent;
import dev.wrtfarm.flash.wipe.WipeMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The device that a lane has open, and what it does with it after the go. */
final class LaneRun implements AutoCloseable {
  private static final int RUN_ID_BYTES = 16;
  private static final Duration COME_BACK = Duration.ofSeconds(30);

  private final LaneFolder folder;
  private final LaneOrder order;
  private final Optional<PortLock> port;
  private final DeviceGuard guard;
  private final BlockDevice device;
  private final CardContent content;

  private LaneRun(
      LaneFolder folder,
      LaneOrder order,
      Optional<PortLock> port,
      DeviceGuard guard,
      BlockDevice device,
      CardContent content) {
    this.folder = folder;
    this.order = order;
    this.port = port;
    this.guard = guard;
    this.device = device;
    this.content = content;
  }

  /** Opens the device that was planned, and no other. */
  static LaneRun open(LaneFolder folder, LaneOrder order) throws DeviceRefused, IOException {
    Optional<PortLock> port = lockPort(folder, order);
    try {
      return open(folder, order, port);
    } catch (DeviceRefused | IOException | RuntimeException e) {
      port.ifPresent(PortLock::close);
      throw e;
    }
  }

  private static LaneRun open(LaneFolder folder, LaneOrder order, Optional<PortLock> port)
      throws DeviceRefused, IOException {
    DeviceGuard guard = new DeviceGuard(HostRoots.REAL, order.rules());
    BlockDevice device =
        order.kind() == FlashKind.VERIFY
            ? guard.inspect(order.device())
            : guard.claim(order.device());
    CardContent content = CardContent.read(device);
    if (!content.firstMibSha256().equals(order.firstMibSha256())) {
      device.close();
      throw new DeviceRefused(
          RefusalReason.CHANGED,
          "the first MiB of %s is not what was planned: another card is in the slot, or somebody"
                  .formatted(order.device().node())
              + " wrote to it; plan again");
    }
    return new LaneRun(folder, order, port, guard, device, content);
  }

  FlashReport execute(Consumer<LaneWord> parent) throws IOException {
    byte[] runId = new byte[RUN_ID_BYTES];
    new SecureRandom().nextBytes(runId);
    byte[] config =
        Files.exists(folder.config()) ? Files.readAllBytes(folder.config()) : new byte[0];
    RunRequest request =
        new RunRequest(
            order.kind(),
            order.options(),
            ImageFile.known(folder.image(), order.image()),
            WipeMap.regions(
                order.options().wipe(), device.size(), content.partitions(), order.image()),
            config,
            runId);
    PortReset reset =
        order.reset().equals("helper") ? new HelperReset(HelperReset.SOCKET, order.slot()) : null;
    CardBarrier barrier = new CardBarrier(guard, order.device(), reset, COME_BACK);
    return new FlashRun(device, request, barrier, new LaneListener(folder, parent)).run();
  }

  /**
   * Two lanes never work at one reader: not with this data folder, and not with another one where
   * the host has a place for such a lock.
   */
  private static Optional<PortLock> lockPort(LaneFolder folder, LaneOrder order)
      throws DeviceRefused, IOException {
    String port = order.device().port();
    Path locks = folder.locks();
    DurableFile.createFolder(locks);
    String name = Sha256.of(port).hex().substring(0, 16) + ".lock";
    if (!ProcessLock.keep(locks.resolve(name))) {
      throw new DeviceRefused(
          RefusalReason.IN_USE, "another run is at work at %s: wait for its end".formatted(port));
    }
    return PortLock.take(PortLock.FOLDER, port);
  }

  @Override
  public void close() {
    device.close();
    port.ifPresent(PortLock::close);
  }
}
