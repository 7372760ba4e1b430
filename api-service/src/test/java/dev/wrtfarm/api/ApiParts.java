package dev.wrtfarm.api;

import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.testing.FarmParts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real parts, a small upstream beside them, and the settings of the service under test. */
public final class ApiParts implements QuarkusTestResourceLifecycleManager {
  private final FarmParts parts = new FarmParts();
  private @Nullable SmallUpstream upstream;

  @Override
  public Map<String, String> start() {
    try {
      upstream = new SmallUpstream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> config = new HashMap<>(parts.start());
    config.put("wrtfarm.upstream.url", upstream.url());
    config.put("wrtfarm.access.operator-token-sha256", Sha256.of(Farm.OPERATOR).hex());
    config.put("wrtfarm.access.worker-token-sha256", Sha256.of(Farm.WORKER).hex());
    config.put("wrtfarm.access.agent-token-sha256", Sha256.of(Farm.AGENT).hex());
    // Tests shift rows back; nobody waits for a real lease to run out.
    config.put("wrtfarm.reaper.interval", "100ms");
    config.put("wrtfarm.reaper.unbroken", "0s");
    // Tests of these call them.
    config.put("wrtfarm.collector.interval", "1h");
    config.put("wrtfarm.retention.interval", "1h");
    config.put("wrtfarm.store-check.pause", "1h");
    // Tests ask for much at once, of a slow machine.
    config.put("quarkus.datasource.jdbc.acquisition-timeout", "30s");
    return config;
  }

  @Override
  public void stop() {
    if (upstream != null) {
      upstream.close();
    }
    parts.stop();
  }
}
