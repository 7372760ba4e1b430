package dev.wrtfarm.flash.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wrtfarm.faultdisk.FaultDisk;
import dev.wrtfarm.faultdisk.model.BlockModel;
import java.io.IOException;

/** How near to a real card a test comes. */
enum Rung {
  /** A real block device: exclusive opening, direct access and statistics are the kernel's. */
  LOOP_DEVICE {
    @Override
    Card insert(BlockModel model) throws IOException {
      FaultDisk.missing()
          .ifPresent(reason -> {
            System.err.println(
                "NOT TESTED, "
                    + reason
                    + ": flashing a real block device with faults; only in this process");
            assumeTrue(false, reason);
          });
      return new LoopCard(FaultDisk.attach(model));
    }
  },
  /** The same model without a kernel in between; for where there is no root. */
  IN_PROCESS {
    @Override
    Card insert(BlockModel model) {
      return new ModelCard(model);
    }
  };

  abstract Card insert(BlockModel model) throws IOException;
}
