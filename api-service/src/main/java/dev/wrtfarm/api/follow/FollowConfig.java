package dev.wrtfarm.api.follow;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

@ConfigMapping(prefix = "wrtfarm.followers")
interface FollowConfig {
  /** So many at a time on this replica. */
  int most();

  /** How often the database is asked although nobody told of anything. */
  Duration interval();

  /** How long a follower who may hear signs of life goes without. */
  Duration silence();
}
