package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.BenchFailed;
import java.util.Random;

/**
 * How soon an idle worker has a build that was just accepted: one submission at a time, the next
 * one when the worker is idle again.
 */
final class Dispatch {
  private static final int SAMPLES = 150;
  private static final int WARM = 100;
  private static final int PAUSE_MILLIS = 20;
  private static final int POLLED_SAMPLES = 3;
  private static final int POLLED_PAUSE_MILLIS = 2_000;

  private final Api api;
  private final Random random = new Random(1);
  private int number;

  Dispatch(Api api) {
    this.api = api;
  }

  void byKafka(Measurements into, int rounds) {
    Dispatched dispatched = new Dispatched();
    try (Caller caller = new Caller(api);
        BareOffers bare = BareOffers.start(api.stack());
        SimulatedWorker worker = SimulatedWorker.start(api, "kafka-1", true, dispatched)) {
      for (int i = 0; i < WARM; i++) {
        bare.roundTrip();
        dispatched.await(caller.submit(wish()));
      }
      for (int round = 0; round < rounds; round++) {
        kafkaRound(into, caller, bare, dispatched);
        worker.check();
      }
    }
  }

  private void kafkaRound(
      Measurements into, Caller caller, BareOffers bare, Dispatched dispatched) {
    Latencies get = new Latencies();
    Latencies share = new Latencies();
    Latencies accepted = new Latencies();
    Latencies sent = new Latencies();
    for (int i = 0; i < SAMPLES; i++) {
      pause(PAUSE_MILLIS);
      long asked = System.nanoTime();
      caller.ask();
      get.add(System.nanoTime() - asked);
      share.add(bare.roundTrip());
      pause(PAUSE_MILLIS);
      byte[] wish = wish();
      long began = System.nanoTime();
      String build = caller.submit(wish);
      long answered = System.nanoTime();
      long at = dispatched.await(build);
      sent.add(at - began);
      // The worker may be faster than the answer.
      accepted.add(Math.max(0, at - answered));
    }
    into.time("bare GET, p50", get.percentile(50));
    into.time("bare share group, p50", share.percentile(50));
    into.time("bare share group, p99", share.percentile(99));
    into.time("by Kafka, accepted → has it, p50", accepted.percentile(50), "bare share group, p50");
    into.time("by Kafka, accepted → has it, p99", accepted.percentile(99), "bare share group, p99");
    into.time("by Kafka, sent → has it, p50", sent.percentile(50), "bare share group, p50");
    into.time("by Kafka, sent → has it, p99", sent.percentile(99), "bare share group, p99");
  }

  void byPolling(Measurements into, int rounds) {
    Dispatched dispatched = new Dispatched();
    try (Caller caller = new Caller(api);
        SimulatedWorker worker = SimulatedWorker.start(api, "polling-1", false, dispatched)) {
      dispatched.await(caller.submit(wish()));
      for (int round = 0; round < rounds; round++) {
        Latencies accepted = new Latencies();
        for (int i = 0; i < POLLED_SAMPLES; i++) {
          pause(POLLED_PAUSE_MILLIS);
          String build = caller.submit(wish());
          long answered = System.nanoTime();
          accepted.add(Math.max(0, dispatched.await(build) - answered));
        }
        into.time("idle poll", SimulatedWorker.IDLE_POLL);
        into.time("by polling, accepted → has it", accepted.percentile(50), "idle poll");
        worker.check();
      }
    }
  }

  private byte[] wish() {
    number++;
    return Caller.wish("dispatch-" + number);
  }

  /** Not in step with anything. */
  private void pause(int millis) {
    try {
      Thread.sleep(random.nextInt(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("stopped", e);
    }
  }
}
