package dev.wrtfarm.api.artifact;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/** The S3 store. Only this service has its keys; others get URLs for one object each. */
@ApplicationScoped
public class ObjectStore {
  private static final int NOT_FOUND = 404;

  private final String bucket;
  private final MinioClient store;

  /** Presigns only: the signature covers the host that the caller sees. */
  private final MinioClient publicStore;

  private final PresignedPut presignedPut;
  private final Lifetimes lifetimes;

  ObjectStore(StoreConfig config, Lifetimes lifetimes) {
    this.lifetimes = lifetimes;
    bucket = config.bucket();
    String accessKey = config.accessKey().orElse("");
    String secretKey = config.secretKey().orElse("");
    OkHttpClient http =
        new OkHttpClient.Builder()
            .connectTimeout(3, TimeUnit.SECONDS)
            .readTimeout(20, TimeUnit.SECONDS)
            .writeTimeout(20, TimeUnit.SECONDS)
            .build();
    store = client(config.endpoint(), config.region(), accessKey, secretKey, http);
    publicStore = client(config.publicEndpoint(), config.region(), accessKey, secretKey, http);
    presignedPut =
        new PresignedPut(
            URI.create(config.publicEndpoint().replaceAll("/+$", "")),
            config.region(),
            accessKey,
            secretKey);
  }

  private static MinioClient client(
      String endpoint, String region, String accessKey, String secretKey, OkHttpClient http) {
    MinioClient.Builder builder =
        MinioClient.builder().endpoint(endpoint).region(region).httpClient(http);
    return accessKey.isEmpty()
        ? builder.build()
        : builder.credentials(accessKey, secretKey).build();
  }

  void makeBucketIfMissing() {
    asked(
        "make its bucket",
        () -> {
          if (!store.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            store.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
          }
          return bucket;
        });
  }

  /** The object's size, or empty when there is no such object. */
  OptionalLong sizeOf(String key) {
    return found(
            "tell an object's size",
            () ->
                store
                    .statObject(StatObjectArgs.builder().bucket(bucket).object(key).build())
                    .size())
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** An object as the store lists it. */
  record Listed(String key, long size) {}

  /**
   * The next objects of a folder in the order of their keys, after this key; empty: from the first.
   */
  List<Listed> list(String folder, String after, int most) {
    ListObjectsArgs.Builder page =
        ListObjectsArgs.builder().bucket(bucket).prefix(folder).recursive(true).maxKeys(most);
    if (!after.isEmpty()) {
      page.startAfter(after);
    }
    return asked("list its objects", () -> listed(page.build(), most));
  }

  /** The listing asks for further pages by itself: it is left before it does. */
  private List<Listed> listed(ListObjectsArgs page, int most) throws MinioException {
    List<Listed> listed = new ArrayList<>();
    Iterator<Result<Item>> items = store.listObjects(page).iterator();
    while (listed.size() < most && items.hasNext()) {
      Item item = items.next().get();
      if (!item.isDir()) {
        listed.add(new Listed(item.objectName(), item.size()));
      }
    }
    return listed;
  }

  /** Deletes the object; that there is none is fine. */
  void delete(String key) {
    asked(
        "delete an object",
        () -> {
          store.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
          return key;
        });
  }

  /** Some bytes of the object; empty when there is no such object. */
  public Optional<byte[]> read(String key, long offset, int length) {
    GetObjectArgs part =
        GetObjectArgs.builder()
            .bucket(bucket)
            .object(key)
            .offset(offset)
            .length((long) length)
            .build();
    return found(
        "read an object",
        () -> {
          try (InputStream bytes = store.getObject(part)) {
            return bytes.readNBytes(length);
          }
        });
  }

  /** A URL that gets the object under a file name of ours; {@link Downloads} hands it out. */
  String getUrl(String key, String fileName) {
    return asked(
        "make a URL",
        () ->
            publicStore.getPresignedObjectUrl(
                GetPresignedObjectUrlArgs.builder()
                    .method(Http.Method.GET)
                    .bucket(bucket)
                    .object(key)
                    .expiry((int) lifetimes.get().toSeconds())
                    .extraQueryParams(
                        Map.of(
                            // Whatever the worker called it: a browser must not open it.
                            "response-content-type",
                            "application/octet-stream",
                            "response-content-disposition",
                            "attachment; filename=\""
                                + fileName.replaceAll("[\"\\\\\\r\\n]", "_")
                                + "\""))
                    .build()));
  }

  String putUrl(String key, String md5, Duration validity) {
    return presignedPut.url(bucket, key, md5, Instant.now(), validity);
  }

  private interface Question<T> {
    T ask() throws MinioException, IOException;
  }

  /** Empty when the store says that there is no such object. */
  private static <T> Optional<T> found(String what, Question<T> question) {
    return asked(
        what,
        () -> {
          try {
            return Optional.of(question.ask());
          } catch (ErrorResponseException e) {
            if (e.response().code() == NOT_FOUND) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** What the network did, a refused connection, the SDK throws as an IllegalStateException. */
  private static <T> T asked(String what, Question<T> question) {
    try {
      return question.ask();
    } catch (MinioException | IOException | IllegalStateException e) {
      throw new StoreUnavailable(what, e);
    }
  }
}
