package dev.wrtfarm.cli.demo;

import dev.wrtfarm.cli.build.Download;
import dev.wrtfarm.cli.build.Follower;
import dev.wrtfarm.cli.build.SavedBuild;
import dev.wrtfarm.cli.build.TextReport;
import dev.wrtfarm.cli.farm.FarmPlan;
import dev.wrtfarm.cli.flash.FlashWords;
import dev.wrtfarm.cli.flash.FollowedFlash;
import dev.wrtfarm.cli.http.FarmApi;
import dev.wrtfarm.cli.http.FlashApi;
import dev.wrtfarm.cli.output.Terminal;
import dev.wrtfarm.cli.problem.CommandFailed;
import dev.wrtfarm.cli.problem.ExitCode;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.Verdict;
import dev.wrtfarm.common.rest.BuildView;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.RequestView;
import dev.wrtfarm.common.rest.SubmitBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The demo's builds, one after the other, each with its checks. */
final class DemoRun {
  static final String OPKG = "sample-x86-opkg";
  static final String APK = "sample-x86-apk";
  private static final String TINY = "sample-tiny-opkg";
  private static final List<String> WISHES = List.of("nano");
  private static final List<String> WISHED_FILES = List.of("/usr/bin/htop", "/usr/bin/nano");
  private static final String DISK_IMAGE = "squashfs-combined.img.gz";
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final FarmApi api;
  private final Terminal terminal;
  private final Path output;
  private final Path card;
  private final Checks checks = new Checks();

  /**
   * @param card where the bytes of the card are that is flashed
   */
  DemoRun(FarmApi api, Terminal terminal, Path output, Path card) {
    this.api = api;
    this.terminal = terminal;
    this.output = output;
    this.card = card;
  }

  /**
   * @param boots whether the card is also booted, which takes an image with a real kernel
   */
  DemoResult run(boolean boots) throws InterruptedException, IOException {
    Showpiece opkg = image(OPKG);
    Showpiece apk = image(APK);
    say("asking for " + OPKG + " again");
    Instant asked = Instant.now();
    RequestView again = api.submit(wish(OPKG, WISHES));
    Duration answered = Duration.between(asked, Instant.now());
    checks.check(
        again.outcome().equals("reused")
            && again.build().id().equals(opkg.saved().build().id())
            && answered.compareTo(AT_ONCE) < 0,
        "the same request again got the same build, at once");
    BuildView failed = follow(TINY, List.of("bigpkg"));
    Failure failure = failed.failure();
    checks.check(
        failed.state() == BuildState.FAILED
            && failure != null
            && failure.reason() == FailureReason.IMAGE_TOO_BIG,
        "an image that is too big for its device fails, and says so");
    List<Showpiece> images = new ArrayList<>(List.of(opkg, apk));
    if (boots) {
      images.add(image(BootableSample.PROFILE));
    }
    FlashedCard flashed = flash(boots ? images.getLast() : opkg);
    return new DemoResult(
        images, again, answered, failed, flashed, boots ? boot(flashed) : null, checks);
  }

  private Showpiece image(String profile) throws InterruptedException, IOException {
    BuildView build = follow(profile, WISHES);
    if (!build.state().hasImages()) {
      throw new CommandFailed(
          ExitCode.ENDED_BADLY, "the demo's build of " + profile + " failed, see above");
    }
    SavedBuild saved = new Download(api, output).save(build);
    checks.check(
        true,
        "%s: %d files have the SHA-256 of the record".formatted(profile, build.artifacts().size()));
    Path image =
        saved.files().stream()
            .filter(file -> file.toString().endsWith(DISK_IMAGE))
            .findFirst()
            .orElseThrow(() -> new IOException(profile + " has no disk image"));
    OpenedImage content = OpenedImage.of(image);
    checks.check(
        content.table().partitions().size() == 2,
        profile + ": the image has a boot and a root partition");
    checks.check(
        content.firstMissing(WISHED_FILES).isEmpty(),
        profile + ": its root file system holds " + String.join(" and ", WISHED_FILES));
    checks.check(
        content.marker().equals(build.imageId()),
        profile + ": it names the same image id as the record, " + build.imageId());
    return new Showpiece(profile, saved, image, content);
  }

  private FlashedCard flash(Showpiece piece) throws InterruptedException, IOException {
    BuildView build = piece.saved().build();
    say("writing the image of %s to the card in slot %s".formatted(piece.profile(), DemoFarm.SLOT));
    FlashView job =
        new FollowedFlash(new FlashApi(api), terminal)
            .of(build.id(), FarmPlan.FLASH_HOST, DemoFarm.SLOT);
    FlashReport report = job.report();
    checks.check(
        job.state() == FlashState.PASSED && report != null && report.verdict() == Verdict.PASSED,
        "the card was written and verified: " + FlashWords.outcome(job));
    FlashedCard flashed = FlashedCard.look(job, card, piece.image());
    checks.check(
        flashed.holdsImage(),
        "the card's own bytes are those of the image, from the first to the last");
    checks.check(
        flashed.marker().equals(build.imageId()),
        "the root file system on the card names the image id " + build.imageId());
    return flashed;
  }

  private BootedCard boot(FlashedCard flashed) throws InterruptedException, IOException {
    say("starting an emulated PC from the card");
    BootedCard booted = BootedCard.start(card, flashed.job(), new FlashApi(api));
    checks.check(
        booted.isProof(),
        "the system that booted from the card says that it is image " + flashed.job().imageId());
    return booted;
  }

  private BuildView follow(String profile, List<String> packages) throws InterruptedException {
    say("building " + profile + " with " + String.join(", ", packages));
    try (TextReport report = new TextReport(terminal)) {
      RequestView request = api.submit(wish(profile, packages));
      report.submitted(request);
      return new Follower(api, report).untilEnd(request.build());
    }
  }

  private static SubmitBuild wish(String profile, List<String> packages) {
    return new SubmitBuild(profile, null, packages, null);
  }

  private void say(String text) {
    terminal.message("");
    terminal.message(text);
  }
}
