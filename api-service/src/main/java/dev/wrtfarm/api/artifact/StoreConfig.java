package dev.wrtfarm.api.artifact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the object store is, and how long what is handed out for it is good. */
@ConfigMapping(prefix = "wrtfarm.s3")
interface StoreConfig {
  String endpoint();

  /** The endpoint as workers and downloaders reach it: the one in presigned URLs. */
  String publicEndpoint();

  String region();

  Optional<String> accessKey();

  Optional<String> secretKey();

  String bucket();

  /** How long a download may begin after its URL was handed out. */
  @WithDefault("1h")
  Duration getValidity();

  /** How long an upload may begin after its URL was handed out. */
  @WithDefault("15m")
  Duration putValidity();

  /** How long a transfer that began in time may take. */
  @WithDefault("1h")
  Duration longestDownload();

  /** How far the clocks of database, service and store may be apart. */
  @WithDefault("5m")
  Duration clockSlack();
}
