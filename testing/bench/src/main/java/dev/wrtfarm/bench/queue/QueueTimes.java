package dev.wrtfarm.bench.queue;

import dev.wrtfarm.bench.figure.Measurements;
import dev.wrtfarm.bench.process.Cleanup;
import dev.wrtfarm.bench.process.Workbench;
import java.io.IOException;
import java.net.URI;

/** Dispatch, throughput, a mixed load, submissions and the cost of a claim, one after the other. */
public final class QueueTimes {
  private QueueTimes() {}

  public static void run(Measurements into, Workbench bench) throws IOException {
    Cleanup cleanup = bench.cleanup();
    bench.say("queue, starting a stack and an api");
    Upstream upstream = cleanup.add(Upstream.start());
    Stack stack = Stack.start(bench);
    Api api = Api.start(bench, stack, upstream.uri(), "queue");
    int rounds = bench.rounds();
    bench.say("queue, dispatch");
    Dispatch dispatch = new Dispatch(api);
    dispatch.byKafka(into, rounds);
    dispatch.byPolling(into, rounds);
    bench.say("queue, throughput");
    new Throughput(api).run(into, rounds);
    bench.say("queue, mixed load");
    new Makespan(api).run(into, rounds);
    bench.say("queue, submissions: a minute each round");
    new Submissions(api).run(into, rounds);
    cleanup.close(api.process());
    bench.say("queue, cost of a claim");
    claimCost(into, bench, stack, upstream.uri());
    cleanup.close(stack.process());
    cleanup.close(upstream);
  }

  private static void claimCost(Measurements into, Workbench bench, Stack stack, URI upstream)
      throws IOException {
    Api few = Api.start(bench, stack, upstream, "few");
    Api many = Api.start(bench, stack, upstream, "many");
    new ClaimCost(few, many).run(into, bench.rounds());
    bench.cleanup().close(few.process());
    bench.cleanup().close(many.process());
  }
}
