package dev.wrtfarm.flash.plan;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.RefusalReason;
import dev.wrtfarm.common.value.ByteSize;
import dev.wrtfarm.flash.card.CardBook;
import dev.wrtfarm.flash.device.DeviceGuard;
import dev.wrtfarm.flash.device.DeviceRefused;
import dev.wrtfarm.flash.device.SlotLook;
import dev.wrtfarm.flash.image.ImageRefused;
import dev.wrtfarm.flash.journal.Journal;
import dev.wrtfarm.flash.journal.JournalRecord.Planned;
import dev.wrtfarm.flash.journal.Ledger;
import dev.wrtfarm.flash.journal.Ledger.OpenRun;
import dev.wrtfarm.flash.medium.BlockDevice;
import dev.wrtfarm.flash.plan.Configs.Archive;
import dev.wrtfarm.flash.wipe.CardContent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Says what would be done to a card, and later whether that still is what would be done. Both look
 * at the device, the image and the options in the same way; neither writes to the card.
 */
public final class Planner {
  private final DeviceGuard guard;
  private final Journal journal;
  private final Ledger ledger;
  private final PlanWords words;
  private final TokenMint mint;
  private final Configs configs;
  private final String bootId;

  public Planner(
      DeviceGuard guard,
      Journal journal,
      Ledger ledger,
      CardBook cards,
      Configs configs,
      String bootId,
      InstantSource clock) {
    this.guard = guard;
    this.journal = journal;
    this.ledger = ledger;
    this.words = new PlanWords(cards);
    this.mint = new TokenMint(journal.key(), clock);
    this.configs = configs;
    this.bootId = bootId;
  }

  /** The plan is in the journal when it returns. */
  public FlashPlan plan(PlanRequest request, SlotLook look) throws DeviceRefused, IOException {
    Survey survey = survey(request, look);
    TokenMint.Minted minted = mint.make(subject(request, survey));
    FlashPlan plan =
        new FlashPlan(
            request.kind(),
            request.slot(),
            survey.device(),
            request.image(),
            request.options(),
            words.destroys(request, survey),
            words.warnings(request, survey),
            survey.content().firstMibSha256(),
            survey.config().map(Archive::sha256).orElse(null),
            minted.token(),
            minted.expires());
    journal.append(
        new Planned(
            request.job(),
            request.kind(),
            request.slot(),
            survey.device(),
            request.image(),
            request.options(),
            plan.destroys(),
            plan.warnings(),
            plan.firstMibSha256(),
            Journal.standIn(minted.token()),
            minted.expires()));
    return plan;
  }

  /**
   * Whether the token confirms what would be done now.
   *
   * @throws DeviceRefused it does not; only a new plan helps
   */
  public Survey confirm(String token, PlanRequest request, SlotLook look)
      throws DeviceRefused, IOException {
    journal.refresh();
    if (ledger.isUsed(token)) {
      throw new DeviceRefused(
          RefusalReason.TOKEN_USED, "this plan's token was used before: plan again");
    }
    mint.checkAge(token);
    Survey survey = survey(request, look);
    if (!mint.isFor(token, subject(request, survey))) {
      throw difference(token, survey);
    }
    return survey;
  }

  /**
   * Once more, when somebody else had to be asked in between.
   *
   * @throws DeviceRefused the token is too old
   */
  public void checkAge(String token) throws DeviceRefused {
    mint.checkAge(token);
  }

  private Survey survey(PlanRequest request, SlotLook look) throws DeviceRefused, IOException {
    DeviceFacts device = look.readyFor(request.kind());
    journal.refresh();
    Optional<OpenRun> other = ledger.holding(device.port(), device.card());
    if (other.isPresent() && !Holding.allows(other.get(), request.kind())) {
      throw Holding.refusal(other.get());
    }
    if (request.image().rawSize() > device.size()) {
      throw new DeviceRefused(
          RefusalReason.TOO_SMALL,
          "%s holds %s, and %s needs %s: take a larger card"
              .formatted(
                  device.node(),
                  new ByteSize(device.size()),
                  request.image().name(),
                  new ByteSize(request.image().rawSize())));
    }
    Optional<Archive> config = configs.read(request.options().config());
    if (config.isPresent() && request.image().overlayOffset() == null) {
      throw new ImageRefused(
          "config: %s has no place for a configuration archive: it is no squashfs or EROFS image"
              .formatted(request.image().name()));
    }
    try (BlockDevice medium = guard.inspect(device)) {
      return new Survey(device, CardContent.read(medium), config);
    }
  }

  private TokenSubject subject(PlanRequest request, Survey survey) {
    return new TokenSubject(
        request.job(),
        request.kind(),
        request.slot(),
        survey.device(),
        bootId,
        survey.content().firstMibSha256(),
        request.image(),
        request.options(),
        survey.config().map(Archive::sha256).orElse(null));
  }

  /** Says what changed, as far as the journal remembers the plan. */
  private DeviceRefused difference(String token, Survey now) {
    Optional<Planned> then = ledger.planOf(token);
    if (then.isEmpty()) {
      return new DeviceRefused(
          RefusalReason.TOKEN_INVALID, "this token is of no plan of this host: plan again");
    }
    List<String> changes = words.changes(then.get(), now);
    return changes.isEmpty()
        ? new DeviceRefused(
            RefusalReason.TOKEN_INVALID,
            "this token confirms another plan: the job, image or options differ; plan again")
        : new DeviceRefused(
            RefusalReason.CHANGED,
            "%s is not the card that was planned (%s): plan again"
                .formatted(now.device().node(), String.join("; ", changes)));
  }
}
