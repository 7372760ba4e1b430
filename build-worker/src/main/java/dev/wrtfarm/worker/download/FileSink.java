package dev.wrtfarm.worker.download;

import dev.wrtfarm.common.value.ByteSize;
import dev.wrtfarm.common.value.Sha256;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Writes a body to a file and hashes it on the way; refuses one that is too large. */
final class FileSink implements BodySubscriber<Optional<Sha256>> {
  private final CompletableFuture<Optional<Sha256>> result = new CompletableFuture<>();
  private final MessageDigest digest = Sha256.newDigest();
  private final Path target;
  private final long limit;
  private final Received progress;
  private volatile long total = -1;
  private volatile long received;
  private @Nullable Subscription subscription;
  private @Nullable FileChannel out;

  FileSink(Path target, long limit, Received progress) {
    this.target = target;
    this.limit = limit;
    this.progress = progress;
  }

  /** From the header, where there is one. */
  FileSink expecting(long total) {
    this.total = total;
    return this;
  }

  long received() {
    return received;
  }

  @Override
  public CompletionStage<Optional<Sha256>> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    try {
      out =
          FileChannel.open(
              target,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING);
      subscription.request(Long.MAX_VALUE);
    } catch (IOException e) {
      fail(e);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    FileChannel file = out;
    if (file == null || result.isDone()) {
      return;
    }
    try {
      for (ByteBuffer each : buffers) {
        long after = received + each.remaining();
        if (after > limit) {
          throw new IOException("more than " + new ByteSize(limit) + ", which is the limit");
        }
        digest.update(each.duplicate());
        while (each.hasRemaining()) {
          file.write(each);
        }
        received = after;
      }
      progress.bytes(received, total);
    } catch (IOException e) {
      fail(e);
    }
  }

  @Override
  public void onError(Throwable error) {
    fail(error);
  }

  @Override
  public void onComplete() {
    close();
    result.complete(Optional.of(Sha256.of(digest)));
  }

  private void fail(Throwable error) {
    if (subscription != null) {
      subscription.cancel();
    }
    close();
    result.completeExceptionally(error);
  }

  private void close() {
    FileChannel file = out;
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        result.completeExceptionally(e);
      }
    }
  }
}
