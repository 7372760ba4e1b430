package dev.wrtfarm.worker;

import dev.wrtfarm.worker.claim.Dispatch;
import dev.wrtfarm.worker.claim.Slots;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A worker that drains is alive, but not ready: it takes no builds. */
@Readiness
@Singleton
final class DispatchHealth implements HealthCheck {
  private final Dispatch dispatch;
  private final Slots slots;

  DispatchHealth(Dispatch dispatch, Slots slots) {
    this.dispatch = dispatch;
    this.slots = slots;
  }

  @Override
  public HealthCheckResponse call() {
    boolean draining = dispatch.draining();
    return HealthCheckResponse.named("dispatch")
        .status(!draining)
        .withData("state", draining ? "draining" : "working")
        .withData("builds", slots.busy())
        .build();
  }
}
