package dev.wrtfarm.api.build;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long a worker may be silent. */
@ConfigMapping(prefix = "wrtfarm.lease")
interface LeaseConfig {
  Duration duration();
}
