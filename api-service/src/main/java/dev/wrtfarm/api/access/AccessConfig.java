package dev.wrtfarm.api.access;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The tokens' digests (the service never sees the tokens) and the names it answers to. */
@ConfigMapping(prefix = "wrtfarm.access")
interface AccessConfig {
  Optional<String> operatorTokenSha256();

  Optional<String> workerTokenSha256();

  Optional<String> agentTokenSha256();

  /** Host names beside those of this machine's loopback. */
  Optional<List<String>> hosts();
}
