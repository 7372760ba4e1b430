package dev.wrtfarm.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.build.ArtifactKind;
import dev.wrtfarm.common.build.BuildState;
import dev.wrtfarm.common.build.Failure;
import dev.wrtfarm.common.build.FailureReason;
import dev.wrtfarm.common.build.Stage;
import dev.wrtfarm.common.recipe.ResolvedPackage;
import dev.wrtfarm.common.value.Sha256;
import dev.wrtfarm.common.worker.BlobOffer;
import dev.wrtfarm.common.worker.BlobsReply;
import dev.wrtfarm.common.worker.BlobsRequest;
import dev.wrtfarm.common.worker.Claim;
import dev.wrtfarm.common.worker.ClaimRequest;
import dev.wrtfarm.common.worker.Complete;
import dev.wrtfarm.common.worker.EndReply;
import dev.wrtfarm.common.worker.Fail;
import dev.wrtfarm.common.worker.Heartbeat;
import dev.wrtfarm.common.worker.Lease;
import dev.wrtfarm.common.worker.LogChunk;
import dev.wrtfarm.common.worker.Produced;
import dev.wrtfarm.common.worker.Release;
import dev.wrtfarm.common.worker.Resolved;
import dev.wrtfarm.common.worker.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Speaks the job protocol as a worker does, and builds nothing. */
public final class TestWorker {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int PUT_ATTEMPTS = 10;
  public static final Map<Stage, Long> MILLIS = Map.of(Stage.FETCH, 12L, Stage.ASSEMBLE, 3_400L);

  private final Farm farm;
  private final String name;

  TestWorker(Farm farm, String name) {
    this.farm = farm;
    this.name = name;
  }

  /** A claim and the secret that it was made with. */
  public record Held(Claim claim, String nonce) {
    public Lease lease() {
      return new Lease(claim.build(), claim.fence(), nonce);
    }

    public String build() {
      return claim.build();
    }
  }

  public static String nonce() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  public Answer post(String call, Object body) {
    return farm.post("/api/worker/v1/" + call, Farm.json(body), "application/json", Farm.WORKER);
  }

  public Optional<Held> claim(String nonce) {
    Answer answer = post("claim", new ClaimRequest(name, nonce));
    return answer.status() == 204
        ? Optional.empty()
        : Optional.of(new Held(answer.as(200, Claim.class), nonce));
  }

  /** Asks until there is something: a build whose offer is just being sent is passed over. */
  public Held claim() {
    String nonce = nonce();
    AtomicReference<Held> got = new AtomicReference<>();
    Farm.eventually(
        "a build to claim",
        () -> {
          claim(nonce).ifPresent(got::set);
          return got.get() != null;
        });
    return Objects.requireNonNull(got.get());
  }

  public Answer heartbeat(Held held) {
    return post("heartbeat", new Heartbeat(held.lease(), Stage.ASSEMBLE, 40, "making it"));
  }

  public Answer resolved(Held held, String packages) {
    return post(
        "resolved",
        new Resolved(
            held.lease(),
            "imagebuilder.tar.zst",
            "https://upstream.example/imagebuilder.tar.zst",
            Sha256.of("archive").hex(),
            List.of(new ResolvedPackage(packages, "1", null))));
  }

  public Answer log(Held held, int sequence, String text) {
    return post("log", new LogChunk(held.lease(), sequence, text));
  }

  public List<Upload> blobs(Held held, byte[]... files) {
    List<BlobOffer> offers = Arrays.stream(files).map(TestWorker::offer).toList();
    return post("blobs", new BlobsRequest(held.lease(), offers))
        .as(200, BlobsReply.class)
        .uploads();
  }

  public static BlobOffer offer(byte[] file) {
    return new BlobOffer(Sha256.of(file).hex(), file.length, md5(file));
  }

  public static String md5(byte[] file) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A store that refuses an upload may hang up before it has heard all of it; as every uploader
   * does, it is tried again then, each time on a connection of its own.
   */
  public static Answer put(Upload upload, byte[] bytes) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(upload.url()))
            .timeout(Farm.LIMIT)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
    upload.headers().forEach(request::header);
    IOException hungUp = new IOException("never tried");
    for (int attempt = 0; attempt < PUT_ATTEMPTS; attempt++) {
      try (HttpClient store =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        HttpResponse<String> response =
            store.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.headers(), response.body());
      } catch (IOException e) {
        hungUp = e;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new UncheckedIOException(hungUp);
  }

  public void send(Held held, byte[]... files) {
    for (Upload upload : blobs(held, files)) {
      byte[] bytes =
          Arrays.stream(files)
              .filter(file -> Sha256.of(file).hex().equals(upload.sha256()))
              .findFirst()
              .orElseThrow();
      assertThat(put(upload, bytes).status()).isEqualTo(200);
    }
  }

  public static Produced produced(String file, ArtifactKind kind, byte[] bytes) {
    boolean image = kind == ArtifactKind.IMAGE;
    return new Produced(
        file,
        kind,
        Sha256.of(bytes).hex(),
        bytes.length,
        image ? "combined" : null,
        image ? "squashfs" : null);
  }

  public Answer complete(Held held, Produced... files) {
    return post("complete", new Complete(held.lease(), List.of(files), MILLIS));
  }

  public Answer fail(Held held, FailureReason reason) {
    return fail(held, reason, null);
  }

  public Answer fail(Held held, FailureReason reason, @Nullable Produced log) {
    return post(
        "fail",
        new Fail(
            held.lease(),
            Stage.ASSEMBLE,
            new Failure(reason, "it did not work", "line 1\nline 2"),
            log,
            MILLIS));
  }

  public Answer release(Held held) {
    return post("release", new Release(held.lease(), "going home"));
  }

  /** From the claim to SUCCEEDED, with one image and a log. */
  public Held build(String packages, byte[] image, byte[] log) {
    Held held = claim();
    assertThat(resolved(held, packages).status()).isEqualTo(200);
    send(held, image, log);
    List<Produced> files = new ArrayList<>();
    files.add(produced("image.img.gz", ArtifactKind.IMAGE, image));
    files.add(produced("build.log", ArtifactKind.LOG, log));
    EndReply reply = complete(held, files.toArray(Produced[]::new)).as(200, EndReply.class);
    assertThat(reply).isEqualTo(new EndReply(BuildState.SUCCEEDED, List.of()));
    return held;
  }
}
