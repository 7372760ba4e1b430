package dev.wrtfarm.cli.demo;

import dev.wrtfarm.cli.demo.PartitionTable.Partition;
import dev.wrtfarm.cli.flash.FlashWords;
import dev.wrtfarm.cli.output.Spent;
import dev.wrtfarm.cli.output.Style;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.value.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The demo's last page. */
final class DemoSummary {
  private final Terminal terminal;

  DemoSummary(Terminal terminal) {
    this.terminal = terminal;
  }

  void print(DemoResult result) throws IOException {
    terminal.line("");
    for (Showpiece each : result.images()) {
      image(each);
    }
    head("The same again");
    fact(
        "asked",
        "for %s once more: answered in %s with build %s, nothing was built"
            .formatted(DemoRun.OPKG, Spent.text(result.answered()), result.again().build().id()));
    terminal.line("");
    failure(result.failed());
    card(result.card());
    booted(result.booted());
    checks(result.checks());
    head("Next");
    terminal.line("  ./wrtfarm up --upstream sample       a farm that stays, with this sample");
    terminal.line("  ./wrtfarm up                         one that builds real OpenWrt images");
    terminal.line("  ./wrtfarm build x86-64-generic-24-10 such an image, in another terminal");
    terminal.line("  ./wrtfarm flash --help               have an image written to a card");
    terminal.line("  ./wrtfarm --help                     everything else");
  }

  private void image(Showpiece piece) throws IOException {
    BuildView build = piece.saved().build();
    head("%s: image %s".formatted(piece.profile(), build.imageId()));
    fact("release", build.recipe().release() + ", " + build.recipe().target());
    fact("packages", "those of the profile and " + String.join(", ", build.recipe().packages()));
    fact("archive", String.valueOf(build.archive()));
    fact("sha-256", String.valueOf(build.archiveSha256()));
    fact("took", stages(build));
    fact("image", piece.image() + ", " + new ByteSize(Files.size(piece.image())));
    for (Partition part : piece.content().table().partitions()) {
      boolean root = part.equals(piece.content().root());
      fact(
          "partition " + part.number(),
          "%s, %s at sector %d%s"
              .formatted(
                  part.typeName(),
                  new ByteSize(part.bytes()),
                  part.firstSector(),
                  root
                      ? ": squashfs with %d files and folders, among them /etc/wrtfarm-build.json"
                          .formatted(piece.content().files().size())
                      : part.bootable() ? ", bootable" : ""));
    }
    terminal.line("");
  }

  private static String stages(BuildView build) {
    long all = build.stageMillis().values().stream().mapToLong(Long::longValue).sum();
    return Spent.text(Duration.ofMillis(all))
        + build.stageMillis().entrySet().stream()
            .map(stage ->
                stage.getKey().name().toLowerCase(Locale.ROOT)
                    + " "
                    + Spent.text(Duration.ofMillis(stage.getValue())))
            .collect(Collectors.joining(", ", ": ", ""));
  }

  private void failure(BuildView failed) {
    Failure failure = failed.failure();
    if (failure == null) {
      return;
    }
    head("A build that cannot work");
    fact("failed", failure.message());
    fact("reason", failure.reason() + " (" + failure.reason().failureClass() + ")");
    fact("remedy", failure.reason().remedy());
    terminal.line("");
  }

  private void card(FlashedCard card) {
    FlashView job = card.job();
    FlashPlan plan = job.plan();
    FlashReport report = job.report();
    if (plan == null || report == null) {
      return;
    }
    head("A card: " + FlashWords.outcome(job));
    fact(
        "card",
        card.isDevice()
            ? "%s, a loop device over a file, %s"
                .formatted(plan.device().node(), new ByteSize(plan.device().size()))
            : "a regular file of %s, since only root may make loop devices: nothing keeps others away"
                .formatted(new ByteSize(plan.device().size())));
    fact("image id", String.valueOf(job.imageId()));
    fact("verdict", report.verdict().meaning());
    fact("sha-256", plan.image().rawSha256() + " of what is on the card");
    fact(
        "bytes",
        "%s written, marks and wiping included; %s read back"
            .formatted(new ByteSize(report.bytesWritten()), new ByteSize(report.bytesRead())));
    fact("barriers", String.join("; ", report.barriers()));
    terminal.line("");
  }

  private void booted(@Nullable BootedCard booted) {
    if (booted == null) {
      return;
    }
    head("Booted from the card");
    fact("took", Spent.text(booted.took()) + " in an emulated PC, from power on to power off");
    fact("system says", booted.said() == null ? "nothing" : booted.said());
    fact("farm says", String.valueOf(booted.proof()));
    terminal.line("");
  }

  private void checks(Checks checks) {
    head("Checked");
    for (Checks.Check each : checks.all()) {
      String sign =
          each.held()
              ? terminal.styled(Style.GOOD, "held  ")
              : terminal.styled(Style.BAD, "BROKEN");
      terminal.line("  " + sign + "  " + each.what());
    }
    terminal.line("");
  }

  private void head(String text) {
    terminal.line(terminal.styled(Style.STRONG, text));
  }

  private void fact(String name, String text) {
    terminal.line("  %-12s %s".formatted(name, text));
  }
}
