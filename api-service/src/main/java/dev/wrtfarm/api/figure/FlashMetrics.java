package dev.wrtfarm.api.figure;

import static jakarta.enterprise.event.TransactionPhase.AFTER_SUCCESS;

import dev.wrtfarm.api.flash.FlashChanged;
import dev.wrtfarm.api.flash.FlashTransition;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** What became of flash jobs. Every counter is there before it is needed. */
@ApplicationScoped
@Startup
class FlashMetrics {
  private static final String NONE = "none";
  private static final String UNNAMED = "unnamed";
  private static final Map<FlashTransition, String> LOST =
      Map.of(
          FlashTransition.REAP_PLAN, "plan",
          FlashTransition.REAP_EXECUTE, "execute",
          FlashTransition.LOSE, "write");

  private final MeterRegistry registry;
  private final Counter written;
  private final Counter read;

  FlashMetrics(MeterRegistry registry) {
    this.registry = registry;
    written = registry.counter("wrtfarm.flash.bytes", "direction", "written");
    read = registry.counter("wrtfarm.flash.bytes", "direction", "read");
    for (Verdict verdict : Verdict.values()) {
      ended(verdict.isGood() ? FlashState.PASSED : FlashState.FAILED, Words.of(verdict));
    }
    for (FlashState state : FlashState.values()) {
      if (state.isEnded()) {
        ended(state, NONE);
      }
    }
    for (RefusalReason reason : RefusalReason.values()) {
      refused(Words.of(reason));
    }
    refused(UNNAMED);
    LOST.values().forEach(this::lost);
  }

  void changed(@Observes(during = AFTER_SUCCESS) FlashChanged change) {
    FlashReport report = change.report();
    if (change.transition().ends()) {
      ended(change.transition().to(), report == null ? NONE : Words.of(report.verdict()))
          .increment();
    }
    String step = LOST.get(change.transition());
    if (step != null) {
      lost(step).increment();
    }
    if (report != null) {
      written.increment(Math.max(0, report.bytesWritten()));
      read.increment(Math.max(0, report.bytesRead()));
      RefusalReason refusal = change.refusal();
      if (refusal != null || report.verdict() == Verdict.REFUSED) {
        refused(refusal == null ? UNNAMED : Words.of(refusal)).increment();
      }
    }
  }

  private Counter ended(FlashState state, String verdict) {
    return registry.counter(
        "wrtfarm.flash.jobs.ended", "state", Words.of(state), "verdict", verdict);
  }

  private Counter refused(String reason) {
    return registry.counter("wrtfarm.flash.refusals", "reason", reason);
  }

  private Counter lost(String step) {
    return registry.counter("wrtfarm.flash.leases.lost", "step", step);
  }
}
