package dev.wrtfarm.cli.flash;

import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.common.flash.BootProof;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Mismatch;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.value.ByteSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words about a flash job. */
public final class FlashWords {
  private static final int SHOWN_MISMATCHES = 5;

  private FlashWords() {}

  /** Host and slot. */
  public static String place(FlashView job) {
    return job.host() + "/" + job.slot();
  }

  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether nothing more happens to the job unless a person does something. */
  static boolean isSettled(FlashView job) {
    return job.state().isEnded() || job.state() == FlashState.NEEDS_CHECK;
  }

  /** Whether the card holds what was asked for, as far as that was asked for. */
  public static boolean isGood(FlashView job) {
    FlashReport report = job.report();
    return job.state() == FlashState.PASSED
        && job.proof() != BootProof.GHOST
        && (report == null || report.verdict().isGood());
  }

  /** The verdict, or else the state. */
  public static String outcome(FlashView job) {
    FlashReport report = job.report();
    return report == null || !job.state().isEnded() ? job.state().name() : report.verdict().name();
  }

  /** One line: what came of it. */
  public static String headline(FlashView job) {
    FlashReport report = job.report();
    String meaning =
        switch (job.state()) {
          case PASSED, FAILED ->
              report == null
                  ? orElse(job.reason(), "found by a person")
                  : report.verdict().meaning();
          case NEEDS_CHECK -> orElse(job.reason(), "nobody knows what is on the card");
          case CANCELLED -> orElse(job.reason(), "cancelled before anything was written");
          case EXPIRED -> orElse(job.reason(), "nobody confirmed it in time; nothing was written");
          default -> job.waiting().isEmpty() ? job.phase() : job.waiting();
        };
    return "%s  %s: %s".formatted(place(job), outcome(job), meaning);
  }

  /** What is to be known of a job that has come to its end. */
  public static List<String> details(FlashView job) {
    List<String> lines = new ArrayList<>();
    FlashReport report = job.report();
    if (job.imageId() != null && isGood(job)) {
      lines.add(
          "image id  %s, as /etc/wrtfarm-build.json on the device says".formatted(job.imageId()));
    }
    if (report != null) {
      lines.addAll(found(report));
    }
    if (job.state() == FlashState.NEEDS_CHECK) {
      lines.add("the slot stays locked until somebody has looked:");
      lines.add("  put the card into the device or another reader, then tell what is on it:");
      lines.add("  wrtfarm flash resolve " + job.id() + " passed|failed");
    }
    if (job.unusable()) {
      lines.add("the card holds no whole image and does not boot");
    }
    if (job.proof() != null) {
      lines.add(
          job.proof() == BootProof.BOOTED
              ? "booted    the device says that it runs this image"
              : "GHOST     the device runs another image than the one on its card");
    }
    return lines;
  }

  private static List<String> found(FlashReport report) {
    List<String> lines = new ArrayList<>();
    if (!report.verdict().meaning().equals(report.message()) && !report.message().isBlank()) {
      lines.add("found     " + report.message());
    }
    for (Mismatch each : report.mismatches().stream().limit(SHOWN_MISMATCHES).toList()) {
      lines.add(
          "          %s: %s at byte %d (%s)%s"
              .formatted(
                  each.kind(),
                  new ByteSize(each.bytes()),
                  each.offset(),
                  each.area(),
                  each.distance() == null
                      ? ""
                      : ", belongs %s away".formatted(new ByteSize(Math.abs(each.distance())))));
    }
    if (report.mismatches().size() > SHOWN_MISMATCHES) {
      lines.add("          … %s in all".formatted(new ByteSize(report.mismatchedBytes())));
    }
    if (report.estimatedSize() != null) {
      lines.add("size      probably %s in truth".formatted(new ByteSize(report.estimatedSize())));
    }
    lines.add(
        "did       wrote %s, read %s%s"
            .formatted(
                report.wrote() ? new ByteSize(report.bytesWritten()) : "nothing",
                new ByteSize(report.bytesRead()),
                phases(report.phaseMillis())));
    if (!report.barriers().isEmpty()) {
      lines.add("barriers  " + String.join("; ", report.barriers()));
    }
    if (report.rewritten() > 0) {
      lines.add(
          "          %d chunks took a second write: the card is suspect"
              .formatted(report.rewritten()));
    }
    report.warnings().forEach(warning -> lines.add("warning   " + warning));
    if (report.verdict() != Verdict.PASSED) {
      lines.add("do        " + report.verdict().advice());
    }
    return lines;
  }

  private static String phases(Map<String, Long> millis) {
    return millis.isEmpty()
        ? ""
        : millis.entrySet().stream()
            .map(each -> each.getKey() + " " + Spent.text(Duration.ofMillis(each.getValue())))
            .collect(Collectors.joining(", ", ": ", ""));
  }

  private static String orElse(@Nullable String text, String other) {
    return text == null || text.isBlank() ? other : text;
  }
}
