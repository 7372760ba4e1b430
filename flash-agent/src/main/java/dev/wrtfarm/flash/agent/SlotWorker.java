package dev.wrtfarm.flash.agent;

import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.flash.farm.Farm;
import dev.wrtfarm.flash.farm.FarmUnreachable;
import dev.wrtfarm.flash.journal.Ledger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One slot's own thread: asks for work for as long as its card is free, and does it. */
final class SlotWorker implements Runnable {
  private static final System.Logger LOG = System.getLogger(SlotWorker.class.getName());
  private static final Duration WHILE_HELD = Duration.ofMillis(500);
  private static final int NONCE_BYTES = 16;

  private final String host;
  private final SlotSetup slot;
  private final Farm farm;
  private final Ledger ledger;
  private final Job job;
  private final Runnable changed;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param changed told when something is different about the slot
   */
  SlotWorker(String host, SlotSetup slot, Farm farm, Ledger ledger, Job job, Runnable changed) {
    this.host = host;
    this.slot = slot;
    this.farm = farm;
    this.ledger = ledger;
    this.job = job;
    this.changed = changed;
  }

  @Override
  public void run() {
    try {
      while (true) {
        awaitFree();
        FlashLeased leased = claim();
        changed.run();
        job.work(leased.work(), leased.lease(), slot);
        changed.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record FlashLeased(FlashWork work, FlashLease lease) {}

  private void awaitFree() throws InterruptedException {
    while (isHeld()) {
      Thread.sleep(WHILE_HELD);
    }
  }

  /** By a run that has not ended, whoever began it. */
  private boolean isHeld() {
    return ledger.openRuns().stream()
        .map(Ledger.OpenRun::intent)
        .anyMatch(intent ->
            intent.slot().equals(slot.name()) || intent.device().port().equals(slot.slot().port()));
  }

  /** A claim that was not answered is repeated with its nonce, so that its work is not lost. */
  private FlashLeased claim() throws InterruptedException {
    String nonce = nonce();
    int failures = 0;
    while (true) {
      try {
        int wait = (int) farm.patience().claimWait().toSeconds();
        Optional<FlashWork> work =
            farm.claim(new FlashClaim(host, List.of(slot.name()), nonce, wait));
        failures = 0;
        if (work.isPresent()) {
          return new FlashLeased(
              work.get(), new FlashLease(work.get().job(), work.get().fence(), nonce));
        }
        awaitFree();
      } catch (FarmUnreachable e) {
        LOG.log(Level.DEBUG, "slot {0}: no claim: {1}", slot.name(), e.getMessage());
        Thread.sleep(farm.patience().backoff().after(failures++));
      }
    }
  }

  private String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
