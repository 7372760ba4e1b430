package dev.wrtfarm.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.FlashProgress;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.agent.Inventory;
import dev.wrtfarm.common.agent.Inventory.CardReport;
import dev.wrtfarm.common.agent.Inventory.SlotReport;
import dev.wrtfarm.common.agent.InventoryReply;
import dev.wrtfarm.common.agent.JournalLines;
import dev.wrtfarm.common.agent.Transition;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.value.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Speaks the agent protocol as a flash agent does, and writes to nothing. */
public final class TestAgent {
  public static final long CARD_SIZE = 32L << 30;

  private final Farm farm;
  private final String host;
  private final List<String> slots;

  TestAgent(Farm farm, String host, String... slots) {
    this.farm = farm;
    this.host = host;
    this.slots = List.of(slots);
  }

  /** A piece of work and the secret that it was claimed with. */
  public record Held(FlashWork work, String nonce) {
    public FlashLease lease() {
      return new FlashLease(work.job(), work.fence(), nonce);
    }

    public String job() {
      return work.job();
    }
  }

  public String host() {
    return host;
  }

  public Answer post(String call, Object body) {
    return farm.post("/api/agent/v1/" + call, Farm.json(body), "application/json", Farm.AGENT);
  }

  /** All slots ready, each with a card of its own that is fit for anything. */
  public TestAgent present(String... lanes) {
    inventory(List.of(lanes), slots.stream().map(slot -> ready(slot, cid(slot))).toList());
    return this;
  }

  public InventoryReply inventory(List<String> lanes, List<SlotReport> reports) {
    return post("inventory", new Inventory(host, "1.0", "boot-1", reports, lanes))
        .as(200, InventoryReply.class);
  }

  public SlotReport ready(String slot, String cid) {
    return new SlotReport(
        slot,
        "port-" + slot,
        "ready",
        true,
        100,
        device(slot, cid),
        new CardReport("cid:" + cid, "card of " + slot, CardState.QUALIFIED, 100),
        null,
        null);
  }

  public String cid(String slot) {
    return Sha256.of(host + " " + slot).hex().substring(0, 32);
  }

  public static DeviceFacts device(String slot, @Nullable String cid) {
    return new DeviceFacts(
        "port-" + slot,
        "/dev/sdx",
        "8:16",
        7,
        CARD_SIZE,
        "usb",
        "a reader",
        cid,
        null,
        "write back",
        false);
  }

  public Answer ask(String nonce, int waitSeconds, String... free) {
    List<String> asked = free.length == 0 ? slots : Arrays.asList(free);
    return post("claim", new FlashClaim(host, asked, nonce, waitSeconds));
  }

  public Optional<Held> claim(String nonce, String... free) {
    Answer answer = ask(nonce, 0, free);
    return answer.status() == 204
        ? Optional.empty()
        : Optional.of(new Held(answer.as(200, FlashWork.class), nonce));
  }

  /** There is work now. */
  public Held claim() {
    return claim(TestWorker.nonce()).orElseThrow(() -> new AssertionError("no work"));
  }

  public Answer progress(Held held, String phase, int percent) {
    return post("progress", new FlashProgress(held.lease(), phase, percent, "on and on"));
  }

  public Answer tell(Held held, FlashState to) {
    return post("transition", new Transition(held.lease(), to, null, null));
  }

  public FlashState told(Held held, FlashState to) {
    return tell(held, to).as(200, TransitionReply.class).state();
  }

  public FlashPlan plan(Held held, String cid) {
    FlashWork work = held.work();
    return new FlashPlan(
        work.kind(),
        work.slot(),
        device(work.slot(), cid),
        new ImageFacts(
            work.image().name(),
            work.image().sha256(),
            1_000,
            "gzip",
            Sha256.of("raw").hex(),
            5_000,
            null,
            work.image().imageId()),
        work.options(),
        List.of("everything on it"),
        List.of(),
        Sha256.of("first MiB").hex(),
        null,
        "token-" + TestWorker.nonce(),
        Instant.parse("2026-11-23T12:00:00Z"));
  }

  public Answer tellPlan(Held held, FlashState to, FlashPlan plan) {
    return post("transition", new Transition(held.lease(), to, plan, null));
  }

  /** Plans on the slot's own card. */
  public FlashPlan planned(Held held) {
    FlashPlan plan = plan(held, cid(held.work().slot()));
    assertThat(tellPlan(held, FlashState.PLANNED, plan).as(200, TransitionReply.class).state())
        .isEqualTo(FlashState.PLANNED);
    return plan;
  }

  public Answer end(Held held, FlashState to, FlashReport report, @Nullable RefusalReason refusal) {
    return post("transition", new Transition(held.lease(), to, null, report, refusal));
  }

  public FlashState ended(Held held, Verdict verdict) {
    FlashState to = verdict.isGood() ? FlashState.PASSED : FlashState.FAILED;
    return end(held, to, report(verdict, true), null).as(200, TransitionReply.class).state();
  }

  public static FlashReport report(Verdict verdict, boolean wrote) {
    return new FlashReport(
        verdict,
        verdict.meaning(),
        wrote,
        Map.of("write", 1_000L),
        wrote ? 5_000 : 0,
        6_000,
        List.of(),
        0,
        null,
        List.of("fsync", "reset: none"),
        0,
        FlashReport.Latency.NONE,
        List.of());
  }

  public InventoryReply journal(long first, String... lines) {
    return post("journal", new JournalLines(host, first, List.of(lines)))
        .as(200, InventoryReply.class);
  }

  /** Lines of a run on the slot's own card, as an agent writes them. */
  public List<String> run(long after, String previous, String job, String slot, Verdict verdict) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("job", job);
    body.put("kind", "FLASH");
    body.put("slot", slot);
    body.put("device", device(slot, cid(slot)));
    body.put(
        "image",
        new ImageFacts("local.img", FlashFarm.IMAGE, 1, "raw", FlashFarm.IMAGE, 1, null, null));
    String intent = line(after + 1, "intent", body, previous);
    body.put("report", report(verdict, true));
    return List.of(intent, line(after + 2, "ended", body, Sha256.of(intent).hex()));
  }

  private static String line(long n, String kind, Object body, String previous) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("n", n);
    line.put("at", "2026-11-23T12:00:00Z");
    line.put("kind", kind);
    line.put("body", body);
    line.put("prev", previous);
    line.put("mac", "00");
    return Farm.json(line);
  }

  /** Lines as an agent writes them, the first of them after this one. */
  public static List<String> chain(long after, String previous, int lines) {
    List<String> chain = new ArrayList<>();
    String before = previous;
    for (long n = after + 1; n <= after + lines; n++) {
      String line =
          "{\"n\":%d,\"kind\":\"started\",\"body\":{},\"prev\":\"%s\",\"mac\":\"00\"}"
              .formatted(n, before);
      chain.add(line);
      before = Sha256.of(line).hex();
    }
    return chain;
  }
}
