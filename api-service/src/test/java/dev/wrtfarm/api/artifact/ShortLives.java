package dev.wrtfarm.api.artifact;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Everything that is kept for a while is kept for seconds, and looked for without pause. */
public final class ShortLives implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.ofEntries(
        // Whoever is slow keeps what it has claimed: this is not about leases.
        Map.entry("wrtfarm.lease.duration", "10m"),
        Map.entry("wrtfarm.s3.get-validity", "3s"),
        Map.entry("wrtfarm.s3.put-validity", "3s"),
        Map.entry("wrtfarm.s3.longest-download", "2s"),
        Map.entry("wrtfarm.s3.clock-slack", "1s"),
        Map.entry("wrtfarm.collector.interval", "10ms"),
        Map.entry("wrtfarm.retention.interval", "10ms"),
        // Longer than the grace: a record's last download comes when its objects are old.
        Map.entry("wrtfarm.retention.successful", "8s"),
        // Shorter still: an image is found again by its package set.
        Map.entry("wrtfarm.reuse.release-freshness", "2s"),
        Map.entry("wrtfarm.retention.failed", "1s"),
        Map.entry("wrtfarm.retention.cancelled", "1s"),
        Map.entry("wrtfarm.store-check.interval", "200ms"),
        Map.entry("wrtfarm.store-check.unknown-grace", "1s"));
  }
}
