package dev.wrtfarm.api.artifact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When rows and store are compared. */
@ConfigMapping(prefix = "wrtfarm.store-check")
interface StoreCheckConfig {
  /** From the end of one round to the beginning of the next. */
  @WithDefault("24h")
  Duration interval();

  /** How often it is looked whether a page is due; never less often than rounds are. */
  @WithDefault("1m")
  Duration pause();

  /** So long after it was first seen an object that no row knows is deleted. */
  @WithDefault("7d")
  Duration unknownGrace();
}
