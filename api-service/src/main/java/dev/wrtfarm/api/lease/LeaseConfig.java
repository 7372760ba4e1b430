package dev.wrtfarm.api.lease;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long a worker may be silent. */
@ConfigMapping(prefix = "wrtfarm.lease")
interface LeaseConfig {
  Duration duration();
}
