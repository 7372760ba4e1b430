package dev.wrtfarm.flash.fault;

import dev.wrtfarm.faultdisk.model.BlockModel;
import dev.wrtfarm.flash.medium.Medium;
import dev.wrtfarm.flash.medium.MediumFailed;
import dev.wrtfarm.flash.run.Barrier;
import java.io.IOException;

/** A card in a slot that can really cut its power. */
interface Card extends AutoCloseable {
  BlockModel model();

  Medium open() throws IOException;

  /** Nobody has it open. */
  void powerCycle() throws IOException;

  /** Flushes, and resets by a power cycle when it is asked to. */
  default Barrier barrier() {
    return (medium, reset) -> {
      medium.flush();
      if (!reset) {
        return new Barrier.Crossed(medium, "fsync; reset: none", false);
      }
      medium.close();
      try {
        powerCycle();
        return new Barrier.Crossed(open(), "fsync; reset: power", true);
      } catch (IOException e) {
        throw new MediumFailed("reset: " + e.getMessage(), -1, "ENODEV");
      }
    };
  }

  @Override
  void close() throws IOException;
}
