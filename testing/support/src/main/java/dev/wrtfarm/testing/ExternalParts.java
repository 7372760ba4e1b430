package dev.wrtfarm.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Parts that somebody else runs; tests make databases in them, and no faults. */
final class ExternalParts implements Parts {
  private static final List<String> REQUIRED =
      List.of(
          "quarkus.datasource.jdbc.url",
          "quarkus.datasource.username",
          "quarkus.datasource.password",
          "kafka.bootstrap.servers",
          "wrtfarm.s3.endpoint",
          "wrtfarm.s3.public-endpoint",
          "wrtfarm.s3.region",
          "wrtfarm.s3.access-key",
          "wrtfarm.s3.secret-key",
          "wrtfarm.s3.bucket");

  private final Map<String, String> configuration;

  ExternalParts(Path file) {
    configuration = PropertiesFile.read(file);
    for (String key : REQUIRED) {
      if (!configuration.containsKey(key)) {
        throw new IllegalStateException("%s lacks %s: add it".formatted(file, key));
      }
    }
  }

  @Override
  public Map<String, String> configuration() {
    return configuration;
  }

  @Override
  public void kill() {
    throw notOurs();
  }

  @Override
  public void restart() {
    throw notOurs();
  }

  @Override
  public void pause() {
    throw notOurs();
  }

  @Override
  public void resume() {
    throw notOurs();
  }

  @Override
  public void pauseDatabase() {
    throw notOurs();
  }

  @Override
  public void loseBrokerData() {
    throw notOurs();
  }

  @Override
  public void close() {
    // They run on.
  }

  private static UnsupportedOperationException notOurs() {
    return new UnsupportedOperationException(
        "external parts are not ours to break: run fault tests with wrtfarm.test.parts=embedded");
  }
}
