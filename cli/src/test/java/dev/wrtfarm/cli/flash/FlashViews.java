package dev.wrtfarm.cli.flash;

import dev.wrtfarm.common.flash.BootProof;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashReport.Latency;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.flash.Mismatch;
import dev.wrtfarm.common.flash.MismatchKind;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.rest.FlashView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flash jobs as a farm would show them. */
public final class FlashViews {
  private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05Z");
  static final String TOKEN = "token-of-the-plan";

  private final String id;
  private final String slot;
  private final FlashKind kind;

  private FlashViews(String id, String slot, FlashKind kind) {
    this.id = id;
    this.slot = slot;
    this.kind = kind;
  }

  public static FlashViews of(String id, String slot) {
    return new FlashViews(id, slot, FlashKind.FLASH);
  }

  static FlashViews verifying(String id, String slot) {
    return new FlashViews(id, slot, FlashKind.VERIFY);
  }

  FlashView requested(String waiting) {
    return view(FlashState.REQUESTED, waiting, null, null);
  }

  FlashView planned() {
    return view(FlashState.PLANNED, "somebody has to confirm the plan", null, null);
  }

  FlashView in(FlashState state) {
    return view(state, "", null, null);
  }

  FlashView needsCheck() {
    return view(FlashState.NEEDS_CHECK, "", null, "its agent was lost while it wrote");
  }

  public FlashView passed() {
    return view(FlashState.PASSED, "", report(Verdict.PASSED, List.of()), null);
  }

  FlashView ghost() {
    Mismatch stale = new Mismatch(MismatchKind.STALE, 4096, 8192, "image", null);
    return view(FlashState.FAILED, "", report(Verdict.GHOST_WRITE, List.of(stale)), null);
  }

  FlashView booted(BootProof proof) {
    FlashView job = passed();
    return new FlashView(
        job.id(),
        job.batch(),
        job.kind(),
        job.state(),
        job.host(),
        job.slot(),
        job.build(),
        job.imageName(),
        job.imageSha256(),
        job.imageId(),
        job.options(),
        job.unattended(),
        job.phase(),
        job.percent(),
        job.detail(),
        job.waiting(),
        job.plan(),
        job.report(),
        job.reason(),
        job.unusable(),
        proof,
        job.created(),
        job.started(),
        job.ended());
  }

  private static FlashReport report(Verdict verdict, List<Mismatch> mismatches) {
    return new FlashReport(
        verdict,
        "what was found",
        true,
        Map.of("write", 1500L),
        5 << 20,
        6 << 20,
        mismatches,
        mismatches.stream().mapToLong(Mismatch::bytes).sum(),
        null,
        List.of("fsync", "reset: none"),
        0,
        Latency.NONE,
        List.of());
  }

  private FlashView view(
      FlashState state, String waiting, @Nullable FlashReport report, @Nullable String reason) {
    return new FlashView(
        id,
        "batch-1",
        kind,
        state,
        "lab-1",
        slot,
        "b-1",
        "sample.img.gz",
        "a".repeat(64),
        "0123456789abcdef",
        FlashOptions.DEFAULT,
        false,
        state == FlashState.WRITING ? "write" : "",
        state == FlashState.WRITING ? 40 : 0,
        "",
        waiting,
        state == FlashState.REQUESTED ? null : plan(),
        report,
        reason,
        false,
        null,
        CREATED,
        null,
        null);
  }

  private FlashPlan plan() {
    return new FlashPlan(
        kind,
        slot,
        new DeviceFacts(
            "pci-0-usb-1",
            "/dev/sdq",
            "65:0",
            7,
            31_914_983_424L,
            "usb",
            "Generic \033[31mreader",
            "1b534d",
            null,
            "write through",
            false),
        new ImageFacts(
            "sample.img.gz",
            "a".repeat(64),
            900_000,
            "gzip",
            "b".repeat(64),
            125_829_120,
            null,
            "0123456789abcdef"),
        FlashOptions.DEFAULT,
        List.of("a partition table with 2 partitions", "an OpenWrt overlay (f2fs)"),
        List.of("this card was last flashed by another farm"),
        "c".repeat(64),
        null,
        TOKEN,
        CREATED.plusSeconds(600));
  }
}
