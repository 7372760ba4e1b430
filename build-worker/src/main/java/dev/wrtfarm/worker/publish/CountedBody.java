package dev.wrtfarm.worker.publish;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/** A file as a request's body, counted as the connection takes it. */
final class CountedBody implements BodyPublisher {
  private final BodyPublisher file;
  private final AtomicLong taken = new AtomicLong();

  private CountedBody(BodyPublisher file) {
    this.file = file;
  }

  static CountedBody of(Path file) throws FileNotFoundException {
    return new CountedBody(BodyPublishers.ofFile(file));
  }

  long taken() {
    return taken.get();
  }

  @Override
  public long contentLength() {
    return file.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    file.subscribe(
        new Subscriber<ByteBuffer>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer bytes) {
            taken.addAndGet(bytes.remaining());
            subscriber.onNext(bytes);
          }

          @Override
          public void onError(Throwable error) {
            subscriber.onError(error);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }
}
