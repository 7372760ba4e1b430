package dev.wrtfarm.api.event;

import dev.wrtfarm.api.build.BuildChanged;
import dev.wrtfarm.api.lease.StageReached;
import dev.wrtfarm.api.log.LogGrown;
import dev.wrtfarm.api.tick.Ticker;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the world what happened to builds, after the commit. Events are gossip: they may be lost,
 * and they never hold up or fail a build.
 */
@ApplicationScoped
class BuildEvents {
  private static final Duration BEAT = Duration.ofMillis(500);

  private final EventSender sender;
  private final LogPace logs = new LogPace(this::tell);
  private final Ticker ticker = new Ticker("log-events", BEAT, logs::beat);

  BuildEvents(EventSender sender) {
    this.sender = sender;
  }

  void start(@Observes StartupEvent event) {
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) BuildChanged change) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("state", change.transition().to());
    data.put("change", change.transition());
    if (change.reason() != null) {
      data.put("reason", change.reason());
    }
    sender.send(new BuildEvent(BuildEvent.STATE, change.build(), data));
  }

  void stage(@Observes(during = TransactionPhase.AFTER_SUCCESS) StageReached reached) {
    sender.send(
        new BuildEvent(BuildEvent.STAGE, reached.build(), Map.of("stage", reached.stage())));
  }

  void log(@Observes(during = TransactionPhase.AFTER_SUCCESS) LogGrown grown) {
    logs.grown(grown);
  }

  private void tell(LogGrown grown) {
    sender.send(
        new BuildEvent(
            BuildEvent.LOG,
            grown.build(),
            Map.of("attempt", grown.attempt(), "sequence", grown.sequence())));
  }
}
