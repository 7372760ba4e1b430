package dev.wrtfarm.api.artifact;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where the object store is. */
@ConfigMapping(prefix = "wrtfarm.s3")
interface StoreConfig {
  String endpoint();

  /** The endpoint as workers and downloaders reach it: the one in presigned URLs. */
  String publicEndpoint();

  String region();

  Optional<String> accessKey();

  Optional<String> secretKey();

  String bucket();
}
