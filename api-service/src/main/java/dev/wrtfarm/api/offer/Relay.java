package dev.wrtfarm.api.offer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wrtfarm.api.tick.Ticker;
import dev.wrtfarm.common.offer.Offer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/**
 * Sends the offers that are due. It takes them out of the outbox first, in a short transaction of
 * its own, and puts back those that the broker did not acknowledge. If it dies in between, an offer
 * is lost; workers ask by themselves every few seconds, so that costs seconds and no build.
 */
@ApplicationScoped
class Relay {
  private static final Logger LOG = Logger.getLogger(Relay.class);
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final OfferOutbox outbox;
  private final Topics topics;
  private final Emitter<String> emitter;
  private final ObjectMapper json;
  private final Event<OffersSent> results;
  private final Ticker ticker;
  private long notBefore = System.nanoTime();

  Relay(
      OfferOutbox outbox,
      Topics topics,
      @Channel("build-offers") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1000)
          Emitter<String> emitter,
      ObjectMapper json,
      Event<OffersSent> results,
      @ConfigProperty(name = "wrtfarm.relay.interval") Duration interval) {
    this.outbox = outbox;
    this.topics = topics;
    this.emitter = emitter;
    this.json = json;
    this.results = results;
    ticker = new Ticker("relay", interval, this::tick);
  }

  void start(@Observes StartupEvent event) {
    ticker.start();
  }

  void stop(@Observes ShutdownEvent event) {
    ticker.stop();
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) OfferDue due) {
    ticker.wake();
  }

  private void tick() {
    if (System.nanoTime() - notBefore < 0) {
      return;
    }
    if (!topics.make()) {
      pause();
      return;
    }
    List<String> due = outbox.take();
    while (!due.isEmpty()) {
      List<String> unsent = send(due);
      results.fire(new OffersSent(due.size() - unsent.size(), unsent.size()));
      if (!unsent.isEmpty()) {
        outbox.giveBack(unsent);
        topics.doubt();
        pause();
        return;
      }
      due = outbox.take();
    }
  }

  private void pause() {
    notBefore = System.nanoTime() + PAUSE.toNanos();
  }

  /** Sends them, and answers with those that the broker did not acknowledge. */
  private List<String> send(List<String> builds) {
    Map<String, CompletableFuture<Void>> sent = new LinkedHashMap<>();
    for (String build : builds) {
      sent.put(build, send(build));
    }
    long deadline = System.nanoTime() + ACKNOWLEDGED_WITHIN.toNanos();
    List<String> unsent = new ArrayList<>();
    sent.forEach((build, acknowledged) -> {
      if (!arrives(acknowledged, deadline)) {
        unsent.add(build);
      }
    });
    return unsent;
  }

  private CompletableFuture<Void> send(String build) {
    try {
      return emitter.send(json.writeValueAsString(new Offer(build))).toCompletableFuture();
    } catch (JsonProcessingException | IllegalStateException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static boolean arrives(CompletableFuture<Void> acknowledged, long deadline) {
    try {
      acknowledged.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("an offer was not acknowledged: %s", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
