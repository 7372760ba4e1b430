package dev.wrtfarm.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.worker.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What callers and workers were told, by all threads of a walk. Whatever they were told binds the
 * farm: later answers are held against it as they come, and the journal at the end.
 */
final class Ledger {
  /** A lease as a claim gave it. */
  record Hold(Lease lease, int attempt) {
    String key() {
      return Ledger.key(lease.build(), lease.fence());
    }
  }

  /** An end that a worker reported and that was accepted: how, and the answer. */
  record Ended(String how, String answer) {}

  private final Set<String> requests = ConcurrentHashMap.newKeySet();
  private final List<String> inOrder = new ArrayList<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final List<Hold> holds = new ArrayList<>();
  private final Map<String, Hold> claims = new ConcurrentHashMap<>();
  private final Map<String, Long> highestFence = new ConcurrentHashMap<>();
  private final Map<String, Ended> ends = new ConcurrentHashMap<>();
  private final Set<String> tried = ConcurrentHashMap.newKeySet();
  private final Set<String> lost = ConcurrentHashMap.newKeySet();

  static String key(String build, long fence) {
    return build + " fence " + fence;
  }

  void accepted(String request) {
    if (requests.add(request)) {
      synchronized (inOrder) {
        inOrder.add(request);
      }
    }
  }

  void accepted(String request, String idempotencyKey) {
    String before = keys.putIfAbsent(idempotencyKey, request);
    assertThat(before == null || before.equals(request))
        .as("key %s stands for %s and for %s", idempotencyKey, before, request)
        .isTrue();
    accepted(request);
  }

  int requests() {
    return requests.size();
  }

  Optional<String> anyRequest(Random random) {
    synchronized (inOrder) {
      return any(inOrder, random);
    }
  }

  /** Mostly one of the last, for those are alive; now and then one of long ago. */
  Optional<Hold> anyHold(Random random) {
    synchronized (holds) {
      int young = random.nextInt(5) == 0 ? 0 : Math.max(0, holds.size() - 10);
      return any(holds.subList(young, holds.size()), random);
    }
  }

  List<Hold> holds() {
    synchronized (holds) {
      return List.copyOf(holds);
    }
  }

  private static <T> Optional<T> any(List<T> list, Random random) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
  }

  void claimed(Hold hold) {
    Hold before = claims.putIfAbsent(hold.key(), hold);
    assertThat(before).as("%s was given to two", hold.key()).isIn(null, hold);
    if (before == null) {
      highestFence.merge(hold.lease().build(), hold.lease().fence(), Math::max);
      synchronized (holds) {
        holds.add(hold);
      }
    }
  }

  boolean wasClaimed(String build, long fence) {
    return claims.containsKey(key(build, fence));
  }

  /** Whether everybody knows that no call but an equal end can count under this lease. */
  boolean isDead(Hold hold) {
    return lost.contains(hold.key())
        || ends.containsKey(hold.key())
        || highestFence.getOrDefault(hold.lease().build(), 0L) > hold.lease().fence();
  }

  /** Somebody is about to report this end; answers whether somebody did before. */
  boolean isTriedAgain(Hold hold, String how) {
    return !tried.add(hold.key() + " " + how);
  }

  void refused(Hold hold) {
    lost.add(hold.key());
  }

  void ended(Hold hold, Ended end) {
    Ended before = ends.putIfAbsent(hold.key(), end);
    assertThat(before == null || before.equals(end))
        .as("%s ended as %s and as %s", hold.key(), before, end)
        .isTrue();
  }

  Optional<Ended> end(Hold hold) {
    return Optional.ofNullable(ends.get(hold.key()));
  }

  Optional<Ended> end(String build, long fence) {
    return Optional.ofNullable(ends.get(key(build, fence)));
  }

  int ends() {
    return ends.size();
  }

  int claims() {
    return claims.size();
  }
}
