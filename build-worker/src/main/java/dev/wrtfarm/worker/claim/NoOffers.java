package dev.wrtfarm.worker.claim;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** For a worker without Kafka: it only asks now and then. */
final class NoOffers implements Offers {
  private final Semaphore woken = new Semaphore(0);

  @Override
  public boolean await(Duration atMost) throws InterruptedException {
    if (woken.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      woken.drainPermits();
    }
    return false;
  }

  @Override
  public void accept() {}

  @Override
  public void release() {}

  @Override
  public boolean connected() {
    return false;
  }

  @Override
  public void wake() {
    woken.release();
  }

  @Override
  public void close() {}
}
