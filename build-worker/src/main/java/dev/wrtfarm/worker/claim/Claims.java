package dev.wrtfarm.worker.claim;

import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.ClaimRequest;
import dev.wrtfarm.worker.farm.Farm;
import dev.wrtfarm.worker.farm.FarmUnreachable;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Asks for builds. A question whose answer was lost is repeated with its own nonce, and so brings
 * the same build; any other question has a new one.
 */
final class Claims {
  private static final int NONCE_BYTES = 16;

  private final Farm farm;
  private final String worker;
  private final BiFunction<Claim, String, BuildRun> runs;
  private final SecureRandom random = new SecureRandom();
  private String nonce = "";

  /**
   * @param runs makes the run of a claim made with a nonce
   */
  Claims(Farm farm, String worker, BiFunction<Claim, String, BuildRun> runs) {
    this.farm = farm;
    this.worker = worker;
    this.runs = runs;
  }

  /** Not yet started; empty when nothing waits. */
  Optional<BuildRun> ask() throws FarmUnreachable, InterruptedException {
    if (nonce.isEmpty()) {
      byte[] bytes = new byte[NONCE_BYTES];
      random.nextBytes(bytes);
      nonce = HexFormat.of().formatHex(bytes);
    }
    Optional<Claim> claim = farm.claim(new ClaimRequest(worker, nonce));
    String secret = nonce;
    nonce = "";
    return claim.map(each -> runs.apply(each, secret));
  }
}
