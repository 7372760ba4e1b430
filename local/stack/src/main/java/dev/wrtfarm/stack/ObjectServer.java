package dev.wrtfarm.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;

/** An S3 server on plain files. */
final class ObjectServer implements Part {
  private static final String USER = "wrtfarm";
  private static final String BUCKET = "wrtfarm";
  private static final long GIBIBYTE = 1L << 30;

  /** A body whose digest is in its signature is held in memory until it has been checked. */
  private static final long SIGNED_BODY_LIMIT = 32L << 20;

  private final Path folder;
  private final int port;
  private final String secret;
  private @Nullable S3Proxy server;

  ObjectServer(Path folder, int port, String secret) {
    this.folder = folder;
    this.port = port;
    this.secret = secret;
  }

  @Override
  public void start() {
    try {
      Files.createDirectories(folder);
      FilesystemNio2BlobStore files = new FilesystemNio2BlobStore(folder.toString());
      if (!files.containerExists(BUCKET)) {
        files.createContainer(BUCKET);
      }
      S3Proxy started =
          S3Proxy.builder()
              .blobStore(files)
              .endpoint(URI.create(url()))
              .awsAuthentication(AuthenticationType.AWS_V4, USER, secret)
              .ignoreUnknownHeaders(true)
              .maxSinglePartObjectSize(5 * GIBIBYTE)
              .v4MaxNonChunkedRequestSize(SIGNED_BODY_LIMIT)
              .build();
      server = started;
      started.start();
    } catch (IOException e) {
      throw new StackFailed("the S3 server cannot use " + folder, e);
    } catch (Exception e) {
      throw new StackFailed("the S3 server cannot be started on port " + port, e);
    }
  }

  @Override
  public void stop() {
    S3Proxy running = server;
    if (running != null) {
      try {
        running.stop();
      } catch (Exception e) {
        System.err.println("the S3 server did not stop in order: " + e);
      }
    }
  }

  @Override
  public Map<String, String> endpoints() {
    return Map.of(
        "wrtfarm.s3.endpoint",
        url(),
        "wrtfarm.s3.public-endpoint",
        url(),
        "wrtfarm.s3.region",
        "us-east-1",
        "wrtfarm.s3.access-key",
        USER,
        "wrtfarm.s3.secret-key",
        secret,
        "wrtfarm.s3.bucket",
        BUCKET);
  }

  private String url() {
    return "http://127.0.0.1:" + port;
  }
}
