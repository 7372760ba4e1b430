package dev.wrtfarm.api.flashlease;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long an agent may be silent, and how long people and slots may take. */
@ConfigMapping(prefix = "wrtfarm.flash")
interface FlashLeaseConfig {
  @WithDefault("45s")
  Duration lease();

  /** From the plan to the first write. The agent keeps to the same by its own clock. */
  @WithDefault("10m")
  Duration plan();

  /** How long a job waits for its slot before it is given up. */
  @WithDefault("24h")
  Duration patience();
}
