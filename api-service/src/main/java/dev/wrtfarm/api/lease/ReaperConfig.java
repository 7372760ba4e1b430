package dev.wrtfarm.api.lease;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** When leases are looked at. */
@ConfigMapping(prefix = "wrtfarm.reaper")
interface ReaperConfig {
  Duration interval();

  /** Only after so long of its own ticks without a gap does a replica reap. */
  Duration unbroken();
}
