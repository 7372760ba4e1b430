package dev.wrtfarm.flash.fault;

import dev.wrtfarm.faultdisk.FaultDisk;
import dev.wrtfarm.faultdisk.model.BlockModel;
import dev.wrtfarm.flash.linux.OpenFile;
import dev.wrtfarm.flash.linux.OpenFlag;
import dev.wrtfarm.flash.medium.BlockDevice;
import dev.wrtfarm.flash.medium.Medium;
import java.io.IOException;

/** Behind a loop device, opened as a flash opens it. */
record LoopCard(FaultDisk disk) implements Card {
  @Override
  public BlockModel model() {
    return disk.model();
  }

  @Override
  public Medium open() throws IOException {
    return new BlockDevice(
        OpenFile.open(
            disk.node(),
            OpenFlag.READ_WRITE,
            OpenFlag.EXCLUSIVE,
            OpenFlag.DIRECT,
            OpenFlag.NO_FOLLOW));
  }

  @Override
  public void powerCycle() throws IOException {
    disk.powerCycle();
  }

  @Override
  public void close() throws IOException {
    disk.close();
  }
}
