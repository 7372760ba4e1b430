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
    try {
      if (!store.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
        store.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
      }
    } catch (MinioException e) {
      throw new StoreUnavailable("make its bucket", e);
    }
  }

  /** The object's size, or empty when there is no such object. */
  OptionalLong sizeOf(String key) {
    try {
      return OptionalLong.of(
          store.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build()).size());
    } catch (ErrorResponseException e) {
      if (e.response().code() == NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw new StoreUnavailable("tell an object's size", e);
    } catch (MinioException e) {
      throw new StoreUnavailable("tell an object's size", e);
    }
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
    List<Listed> listed = new ArrayList<>();
    try {
      // The listing asks for further pages by itself: it is left before it does.
      Iterator<Result<Item>> items = store.listObjects(page.build()).iterator();
      while (listed.size() < most && items.hasNext()) {
        Item item = items.next().get();
        if (!item.isDir()) {
          listed.add(new Listed(item.objectName(), item.size()));
        }
      }
    } catch (MinioException e) {
      throw new StoreUnavailable("list its objects", e);
    }
    return listed;
  }

  /** Deletes the object; that there is none is fine. */
  void delete(String key) {
    try {
      store.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
    } catch (MinioException e) {
      throw new StoreUnavailable("delete an object", e);
    }
  }

  /** Some bytes of the object; empty when there is no such object. */
  public Optional<byte[]> read(String key, long offset, int length) {
    try (InputStream part =
        store.getObject(
            GetObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .offset(offset)
                .length((long) length)
                .build())) {
      return Optional.of(part.readNBytes(length));
    } catch (ErrorResponseException e) {
      if (e.response().code() == NOT_FOUND) {
        return Optional.empty();
      }
      throw new StoreUnavailable("read an object", e);
    } catch (MinioException | IOException e) {
      throw new StoreUnavailable("read an object", e);
    }
  }

  /** A URL that gets the object under a file name of ours; {@link Downloads} hands it out. */
  String getUrl(String key, String fileName) {
    try {
      return publicStore.getPresignedObjectUrl(
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
              .build());
    } catch (MinioException e) {
      throw new StoreUnavailable("make a URL", e);
    }
  }

  String putUrl(String key, String md5, Duration validity) {
    return presignedPut.url(bucket, key, md5, Instant.now(), validity);
  }
}
