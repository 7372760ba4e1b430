package dev.wrtfarm.api.artifact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When objects are looked for that nobody needs. */
@ConfigMapping(prefix = "wrtfarm.collector")
interface CollectorConfig {
  /** Each look reads the whole list of files once: a second for half a million. */
  @WithDefault("5m")
  Duration interval();
}
