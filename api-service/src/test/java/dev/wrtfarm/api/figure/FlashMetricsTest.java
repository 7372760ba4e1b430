package dev.wrtfarm.api.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.api.FarmTest;
import dev.wrtfarm.api.TestAgent;
import dev.wrtfarm.api.TestAgent.Held;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@SuppressWarnings("NullAway.Init")
class FlashMetricsTest extends FarmTest {
  @Inject MeterRegistry registry;
  @Inject LabMetrics lab;

  @Test
  void ends_bytes_and_refusals_are_counted() {
    agent.present();
    double passed = ended("passed", "passed");
    double refused = ended("failed", "refused");
    double mounted = counter("wrtfarm.flash.refusals", "reason", "mounted");
    double written = counter("wrtfarm.flash.bytes", "direction", "written");
    double cancelled = ended("cancelled", "none");
    flashes.passed(agent, "a");
    flashes.submit("lab1", "b");
    Held held = agent.claim();
    agent.end(
        held, FlashState.FAILED, TestAgent.report(Verdict.REFUSED, false), RefusalReason.MOUNTED);
    flashes.cancel(flashes.submit("lab1", "a").id());
    assertThat(ended("passed", "passed") - passed).isEqualTo(1);
    assertThat(ended("failed", "refused") - refused).isEqualTo(1);
    assertThat(ended("cancelled", "none") - cancelled).isEqualTo(1);
    assertThat(counter("wrtfarm.flash.refusals", "reason", "mounted") - mounted).isEqualTo(1);
    assertThat(counter("wrtfarm.flash.bytes", "direction", "written") - written)
        .isEqualTo(TestAgent.report(Verdict.PASSED, true).bytesWritten());
  }

  @Test
  void slots_cards_and_jobs_are_shown_by_state() {
    SlotReport refused =
        new SlotReport(
            "b",
            "port-b",
            "refused",
            false,
            80,
            null,
            null,
            RefusalReason.SWAP,
            "/dev/sdx2 is swap");
    agent.inventory(List.of(), List.of(agent.ready("a", "77"), refused));
    flashes.submit("lab1", "a");
    lab.refresh();
    assertThat(gauge("wrtfarm.slots", "state", "ready")).isEqualTo(1);
    assertThat(gauge("wrtfarm.slots", "state", "refused")).isEqualTo(1);
    assertThat(gauge("wrtfarm.slots.refused", "reason", "swap")).isEqualTo(1);
    assertThat(gauge("wrtfarm.cards", "state", "qualified")).isEqualTo(1);
    assertThat(gauge("wrtfarm.flash.jobs", "state", "requested")).isEqualTo(1);
    sql("update lab_host set seen_at = now() - interval '2 minutes'");
    lab.refresh();
    assertThat(gauge("wrtfarm.slots", "state", "offline")).isEqualTo(2);
    assertThat(gauge("wrtfarm.slots", "state", "ready")).isEqualTo(0);
  }

  private double ended(String state, String verdict) {
    return registry
        .get("wrtfarm.flash.jobs.ended")
        .tag("state", state)
        .tag("verdict", verdict)
        .counter()
        .count();
  }

  private double counter(String name, String label, String value) {
    return registry.get(name).tag(label, value).counter().count();
  }

  private double gauge(String name, String label, String value) {
    return registry.get(name).tag(label, value).gauge().value();
  }
}
