package dev.wrtfarm.flash.farm;

import dev.wrtfarm.common.agent.FlashClaim;
import dev.wrtfarm.common.agent.FlashLease;
import dev.wrtfarm.common.agent.FlashProgress;
import dev.wrtfarm.common.agent.FlashWork;
import dev.wrtfarm.common.agent.Inventory;
import dev.wrtfarm.common.agent.InventoryReply;
import dev.wrtfarm.common.agent.JournalLines;
import dev.wrtfarm.common.agent.Transition;
import dev.wrtfarm.common.agent.TransitionReply;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The farm's API: what this host has, work to claim, and jobs once claimed. */
public final class Farm {
  private static final System.Logger LOG = System.getLogger(Farm.class.getName());

  private final FarmCalls calls;
  private final Patience patience;

  /**
   * @param urls of the API's replicas; the next one is tried when one fails
   * @param tokenFile holds the agent's token
   */
  public Farm(List<URI> urls, Path tokenFile, Patience patience) {
    this.calls = new FarmCalls(urls, tokenFile);
    this.patience = patience;
  }

  public Patience patience() {
    return patience;
  }

  /** Tried once: the next one comes soon. */
  public InventoryReply inventory(Inventory inventory)
      throws FarmUnreachable, InterruptedException {
    return plain("inventory", inventory);
  }

  /** Tried once. */
  public InventoryReply journal(JournalLines lines) throws FarmUnreachable, InterruptedException {
    return plain("journal", lines);
  }

  private InventoryReply plain(String name, Object message)
      throws FarmUnreachable, InterruptedException {
    try {
      return calls
          .post(name, message, InventoryReply.class, patience.patient())
          .orElseThrow(() -> new FarmUnreachable(name + " was answered with nothing"));
    } catch (LeaseLost | StateRefused | FarmRefused e) {
      throw new FarmUnreachable(name + " was refused: " + e.getMessage());
    }
  }

  /** Asked again with the same nonce, it gives the same work again. */
  public Optional<FlashWork> claim(FlashClaim claim) throws FarmUnreachable, InterruptedException {
    try {
      return calls.post(
          "claim", claim, FlashWork.class, patience.patient().plusSeconds(claim.waitSeconds()));
    } catch (LeaseLost | StateRefused | FarmRefused e) {
      throw new FarmUnreachable("claim was refused: " + e.getMessage());
    }
  }

  /** Tried once: the next one comes soon. */
  public TransitionReply progress(FlashLease lease, String phase, int percent, String detail)
      throws LeaseLost, StateRefused, FarmUnreachable, InterruptedException {
    return calls
        .post(
            "progress",
            new FlashProgress(lease, phase, percent, detail),
            TransitionReply.class,
            patience.brief())
        .orElseThrow(() -> new FarmUnreachable("progress was answered with nothing"));
  }

  /** Tried once. */
  public TransitionReply tryTransition(FlashLease lease, FlashState to)
      throws LeaseLost, StateRefused, FarmUnreachable, InterruptedException {
    return calls
        .post(
            "transition",
            new Transition(lease, to, null, null),
            TransitionReply.class,
            patience.brief())
        .orElseThrow(() -> new FarmUnreachable("transition was answered with nothing"));
  }

  /**
   * Repeated until it is answered, for only an explicit answer decides.
   *
   * @throws FarmRefused when the farm does not understand it
   */
  public TransitionReply transition(
      FlashLease lease, FlashState to, @Nullable FlashPlan plan, @Nullable FlashReport report)
      throws LeaseLost, StateRefused, InterruptedException {
    return transition(new Transition(lease, to, plan, report));
  }

  /** As above. */
  public TransitionReply transition(Transition message)
      throws LeaseLost, StateRefused, InterruptedException {
    for (int failures = 0; ; failures++) {
      try {
        Optional<TransitionReply> answer =
            calls.post("transition", message, TransitionReply.class, patience.patient());
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (FarmUnreachable e) {
        LOG.log(
            Level.INFO,
            "job {0}: {1} not told yet: {2}",
            message.lease().job(),
            message.to(),
            e.getMessage());
      }
      Thread.sleep(patience.backoff().after(failures));
    }
  }
}
