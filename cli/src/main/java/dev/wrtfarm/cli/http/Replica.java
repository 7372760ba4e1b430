package dev.wrtfarm.cli.http;

import java.net.URI;
import java.util.Optional;

/** One address of the farm, and the token for it, if we have one. */
public record Replica(URI url, Optional<String> token) {
  @Override
  public String toString() {
    return url.toString();
  }
}
