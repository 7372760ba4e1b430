package dev.wrtfarm.api.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what has ended is kept; 0 is for ever. */
@ConfigMapping(prefix = "wrtfarm.retention")
interface RetentionConfig {
  @WithDefault("5m")
  Duration interval();

  /** Builds: so long after their last use, by their end. */
  @WithDefault("90d")
  Duration successful();

  @WithDefault("30d")
  Duration failed();

  @WithDefault("7d")
  Duration cancelled();

  /** Flash jobs: so long after their end. */
  @WithDefault("365d")
  Duration flash();
}
