package dev.wrtfarm.api.flash;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.rest.FlashView;
import dev.wrtfarm.common.rest.RecheckFlash;
import dev.wrtfarm.common.rest.SubmitFlash.FlashTarget;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Reads the card of an earlier flash again: what decays, or lived in a cache, shows later. */
@ApplicationScoped
public class Rechecks {
  private static final String OWN = "cid:";

  private final FlashJobs jobs;
  private final ImageChoices images;
  private final FlashSubmissions submissions;
  private final FlashViews views;

  Rechecks(FlashJobs jobs, ImageChoices images, FlashSubmissions submissions, FlashViews views) {
    this.jobs = jobs;
    this.images = images;
    this.submissions = submissions;
    this.views = views;
  }

  /** The new job, where the card was last seen; its agent's plan has to show the same card. */
  @Transactional
  public FlashView recheck(String id, RecheckFlash wish) {
    FlashJob earlier = jobs.lockExisting(id);
    if (earlier.state != FlashState.PASSED || earlier.isReadOnly()) {
      throw new StateRefused(
          "flash job %s is %s %s: the card of a PASSED FLASH can be read again"
              .formatted(id, earlier.kind, earlier.state));
    }
    FlashOptions options = wish.options() == null ? earlier.options() : wish.options();
    FlashOrder order =
        new FlashOrder(
            FlashKind.VERIFY, options, options.prefixBytes() == null, List.of(place(earlier)), id);
    return views.batch(submissions.insert(order, images.again(earlier))).getFirst();
  }

  /** A card that shows its own identity may be elsewhere by now. */
  private FlashTarget place(FlashJob earlier) {
    FlashTarget before = new FlashTarget(earlier.host, earlier.slot);
    if (earlier.card == null || !earlier.card.startsWith(OWN)) {
      return before;
    }
    Optional<Object[]> seen =
        jobs.getSession()
            .createNativeQuery("select host_id, slot from card where id = :card", Object[].class)
            .setParameter("card", earlier.card)
            .getResultStream()
            .findFirst();
    return seen.map(row -> new FlashTarget((String) row[0], (String) row[1])).orElse(before);
  }
}
