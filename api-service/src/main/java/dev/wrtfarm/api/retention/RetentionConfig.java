package dev.wrtfarm.api.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long after its last use a record is kept, by its end; 0 is for ever. */
@ConfigMapping(prefix = "wrtfarm.retention")
interface RetentionConfig {
  @WithDefault("5m")
  Duration interval();

  @WithDefault("90d")
  Duration successful();

  @WithDefault("30d")
  Duration failed();

  @WithDefault("7d")
  Duration cancelled();
}
