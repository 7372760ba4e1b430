package dev.wrtfarm.worker.farm;

import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.ClaimRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The farm's API: claims, and builds once claimed. */
public final class Farm {
  private static final Duration CLAIM = Duration.ofSeconds(10);

  private final FarmCalls calls;
  private final Persistence persistence;

  /**
   * @param urls of the API's replicas; the next one is tried when one fails
   * @param tokenFile holds the worker's token
   */
  public Farm(List<URI> urls, Path tokenFile, Persistence persistence) {
    this.calls = new FarmCalls(urls, tokenFile);
    this.persistence = persistence;
  }

  /** Asked again with the same nonce, it gets the same build again. */
  public Optional<Claim> claim(ClaimRequest request) throws FarmUnreachable, InterruptedException {
    try {
      return calls.post("claim", request, Claim.class, CLAIM);
    } catch (LeaseLost | FarmRefused e) {
      throw new FarmUnreachable("claim was refused: " + e.getMessage());
    }
  }

  /** Between questions to a farm that does not answer. */
  public Backoff backoff() {
    return persistence.backoff();
  }

  /** The calls of one claimed build. */
  public LeasedBuild leased(Claim claim, String nonce) {
    return new LeasedBuild(calls, persistence, claim, nonce);
  }
}
