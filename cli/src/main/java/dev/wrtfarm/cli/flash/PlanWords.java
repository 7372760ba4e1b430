package dev.wrtfarm.cli.flash;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.ImageFacts;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.value.ByteSize;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A plan as a person wants to read it before saying yes. */
final class PlanWords {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private PlanWords() {}

  static List<String> of(FlashView job, FlashPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s slot %s of host %s (job %s)"
            .formatted(
                plan.kind() == FlashKind.FLASH ? "plan to write" : "plan to read",
                plan.slot(),
                job.host(),
                job.id()));
    device(lines, plan.device());
    image(lines, plan.image());
    fact(lines, "level", how(plan));
    if (plan.options().config() != null) {
      fact(
          lines,
          "config",
          "%s.tgz, SHA-256 %s".formatted(plan.options().config(), plan.configSha256()));
    }
    if (plan.kind() == FlashKind.VERIFY) {
      fact(lines, "destroys", "nothing: the card is only read");
    } else if (plan.destroys().isEmpty()) {
      fact(lines, "destroys", "nothing that is known: the card looks empty");
    }
    list(lines, "destroys", plan.destroys());
    list(lines, "warning", plan.warnings());
    fact(lines, "good until", CLOCK.format(plan.expires().atZone(ZoneId.systemDefault())));
    return lines;
  }

  private static void device(List<String> lines, DeviceFacts device) {
    fact(
        lines,
        "device",
        "%s, %s (%d bytes), %s%s"
            .formatted(
                device.node(),
                new ByteSize(device.size()),
                device.size(),
                device.bus(),
                device.reader() == null ? "" : ", " + device.reader()));
    fact(lines, "port", device.port());
    fact(
        lines,
        "card",
        device.cid() == null
            ? "tells no identity of its own: known by its port and size"
            : device.card());
  }

  private static void image(List<String> lines, ImageFacts image) {
    fact(
        lines,
        "image",
        "%s, %s on the card (%s file of %s)"
            .formatted(
                image.name(),
                new ByteSize(image.rawSize()),
                image.format(),
                new ByteSize(image.size())));
    fact(lines, "sha-256", image.sha256() + " of the file");
    if (!image.rawSha256().equals(image.sha256())) {
      fact(lines, "", image.rawSha256() + " of what is written");
    }
    if (image.imageId() != null) {
      fact(lines, "image id", image.imageId());
    }
  }

  private static String how(FlashPlan plan) {
    String wipe =
        plan.kind() == FlashKind.VERIFY
            ? ""
            : switch (plan.options().wipe()) {
              case SIGNATURES -> "; wipes head, tail, old partition heads and overlay";
              case FULL -> "; wipes the whole card";
            };
    Long prefix = plan.options().prefixBytes();
    String read =
        prefix == null
            ? "; reads all of the image back"
            : "; reads back only the first %s".formatted(new ByteSize(prefix));
    return FlashWords.word(plan.options().level()) + wipe + read;
  }

  private static void list(List<String> lines, String name, List<String> items) {
    for (int i = 0; i < items.size(); i++) {
      fact(lines, i == 0 ? name : "", items.get(i));
    }
  }

  private static void fact(List<String> lines, String name, String text) {
    lines.add("  %-11s %s".formatted(name, text).stripTrailing());
  }
}
