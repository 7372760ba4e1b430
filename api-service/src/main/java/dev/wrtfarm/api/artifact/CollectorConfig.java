package dev.wrtfarm.api.artifact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When objects are looked for that nobody needs. */
@ConfigMapping(prefix = "wrtfarm.collector")
interface CollectorConfig {
  @WithDefault("1m")
  Duration interval();
}
