package dev.wrtfarm.flash.plan;

import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.Level;
import dev.wrtfarm.common.flash.Wipe;
import dev.wrtfarm.common.value.ByteSize;
import dev.wrtfarm.flash.card.CardBook;
import dev.wrtfarm.flash.card.CardRecord;
import dev.wrtfarm.flash.journal.JournalRecord.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plan in words, for the person who has to confirm it. */
final class PlanWords {
  private static final int DOUBTFUL_SLOT = 70;

  private final CardBook cards;

  PlanWords(CardBook cards) {
    this.cards = cards;
  }

  List<String> destroys(PlanRequest request, Survey survey) {
    if (request.kind() == FlashKind.VERIFY) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    CardRecord known = cards.card(survey.device().card());
    if (known.imageName() != null) {
      lines.add("%s, on the card since %s".formatted(known.imageName(), known.since()));
    }
    lines.addAll(survey.content().destroys());
    lines.add(
        request.options().wipe() == Wipe.FULL
            ? "everything on the card (%s)".formatted(new ByteSize(survey.device().size()))
            : "whatever the first %s of the card hold, its end, and where OpenWrt looks for settings"
                .formatted(new ByteSize(request.image().rawSize())));
    return lines;
  }

  List<String> warnings(PlanRequest request, Survey survey) {
    List<String> lines = new ArrayList<>();
    DeviceFacts device = survey.device();
    if (device.bus().equals("file")) {
      lines.add("a regular file, not a card");
    } else if (device.cid() == null) {
      lines.add(
          "this reader does not tell cards apart: the history is that of whatever card of this size"
              + " was in it");
    }
    if (device.readOnly()) {
      lines.add("the card is read-only: it can be verified, but not be flashed");
    }
    if (survey.content().error() != null) {
      lines.add("the head of the card cannot be read (%s)".formatted(survey.content().error()));
    }
    aboutCard(request.slot(), cards.card(device.card()), lines);
    if (request.options().prefixBytes() != null) {
      lines.add(
          "only the first %s are verified: the verdict will be PARTIAL"
              .formatted(new ByteSize(request.options().prefixBytes())));
    }
    if (request.options().level() != Level.QUICK
        && request.kind() == FlashKind.FLASH
        && request.reset().equals("none")) {
      lines.add("the slot cannot reset its card: what the card only keeps in memory can pass");
    }
    return lines;
  }

  private void aboutCard(String slot, CardRecord card, List<String> lines) {
    if (card.state() != CardState.NEW && card.state() != CardState.QUALIFIED) {
      lines.add(
          "the card is %s (score %d, last verdict %s)"
              .formatted(card.state(), card.score(), card.lastVerdict()));
    }
    if (cards.slotScore(slot) < DOUBTFUL_SLOT) {
      lines.add("several cards failed in this slot lately: its reader may be to blame");
    }
  }

  /** What is different about the device; empty when it is the same. */
  List<String> changes(Planned then, Survey now) {
    List<String> lines = new ArrayList<>();
    DeviceFacts old = then.device();
    DeviceFacts device = now.device();
    compare(lines, "port", old.port(), device.port());
    compare(lines, "node", old.node(), device.node());
    compare(lines, "number", old.number(), device.number());
    compare(lines, "disk sequence", old.sequence(), device.sequence());
    compare(lines, "size", old.size(), device.size());
    compare(lines, "reader", old.reader(), device.reader());
    compare(lines, "CID", old.cid(), device.cid());
    compare(lines, "CSD", old.csd(), device.csd());
    compare(lines, "write cache", old.writeCache(), device.writeCache());
    compare(lines, "read-only", old.readOnly(), device.readOnly());
    if (!then.firstMibSha256().equals(now.content().firstMibSha256())) {
      lines.add("its first MiB is another");
    }
    return lines;
  }

  private static void compare(
      List<String> lines, String what, @Nullable Object then, @Nullable Object now) {
    if (!Objects.equals(then, now)) {
      lines.add("%s was %s, is %s".formatted(what, then, now));
    }
  }
}
