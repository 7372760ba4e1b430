package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BenchFailed;

/**
 * Whether a claim costs more when more builds wait. Two apis, each with a database of its own on
 * the same PostgreSQL, are asked in turn, so that whatever slows the machine down slows both.
 */
final class ClaimCost {
  private static final int FEW = 100;
  private static final int MANY = 100_000;
  private static final int CLAIMS = 60;
  private static final int WARM_ROUNDS = 5;
  private static final String REFERENCE = "claim, 100 wait";

  private final Side few;
  private final Side many;

  ClaimCost(Api few, Api many) {
    this.few = new Side(few, FEW);
    this.many = new Side(many, MANY);
  }

  void run(Measurements into, int rounds) {
    for (int i = 0; i < WARM_ROUNDS; i++) {
      round(new Latencies(), new Latencies());
    }
    for (int i = 0; i < rounds; i++) {
      Latencies claimedOfFew = new Latencies();
      Latencies claimedOfMany = new Latencies();
      round(claimedOfFew, claimedOfMany);
      into.time(REFERENCE, claimedOfFew.percentile(50));
      into.time("claim, 100,000 wait", claimedOfMany.percentile(50), REFERENCE);
    }
  }

  private void round(Latencies claimedOfFew, Latencies claimedOfMany) {
    few.fill();
    many.fill();
    try (WorkerCalls fewCalls = few.calls();
        WorkerCalls manyCalls = many.calls()) {
      for (int i = 0; i < CLAIMS; i++) {
        if (i % 2 == 0) {
          claim(fewCalls, claimedOfFew);
          claim(manyCalls, claimedOfMany);
        } else {
          claim(manyCalls, claimedOfMany);
          claim(fewCalls, claimedOfFew);
        }
      }
    }
    few.rows.endRunning();
    many.rows.endRunning();
  }

  private static void claim(WorkerCalls calls, Latencies latencies) {
    long began = System.nanoTime();
    if (calls.claim().isEmpty()) {
      throw new BenchFailed("a claim got nothing, though builds wait");
    }
    latencies.add(System.nanoTime() - began);
  }

  /** One api and its queue. */
  private static final class Side {
    private final Api api;
    private final Rows rows;
    private final int waiting;
    private int fills;

    Side(Api api, int waiting) {
      this.api = api;
      this.rows = new Rows(api.stack());
      this.waiting = waiting;
    }

    /** So many wait, and a round's claims on top. */
    void fill() {
      rows.queue("claim-" + fills, fills == 0 ? waiting + CLAIMS : CLAIMS);
      fills++;
    }

    WorkerCalls calls() {
      return new WorkerCalls(api.line(), "claimer");
    }
  }
}
