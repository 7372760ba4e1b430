package dev.wrtfarm.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * For {@code @WithTestResource(FarmParts.class)}: the parts of this JVM, and in them a {@link
 * FreshSpace} for each start of the application under test. See {@link Parts} for the choice.
 */
public final class FarmParts implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return FreshSpace.in(SharedParts.configuration());
  }

  @Override
  public void stop() {
    // The parts end with the JVM, and the space with them.
  }
}
