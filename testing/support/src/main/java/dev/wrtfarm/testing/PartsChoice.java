package dev.wrtfarm.testing;

import java.nio.file.Path;
import java.util.Locale;
import org.testcontainers.DockerClientFactory;

/** Which parts the tests of this JVM use. */
enum PartsChoice {
  DOCKER {
    @Override
    Parts started() {
      if (!isDockerThere()) {
        throw new IllegalStateException(
            "wrtfarm.test.parts is docker, but no Docker engine answers:"
                + " start one, or use wrtfarm.test.parts=embedded");
      }
      return new DockerParts();
    }
  },
  EMBEDDED {
    @Override
    Parts started() {
      return new EmbeddedParts(Path.of(required("wrtfarm.home", "the root of the checkout")));
    }
  },
  EXTERNAL {
    @Override
    Parts started() {
      return new ExternalParts(
          Path.of(required("wrtfarm.test.external", "a properties file with their endpoints")));
    }
  };

  static final String PROPERTY = "wrtfarm.test.parts";

  abstract Parts started();

  static PartsChoice ofThisJvm() {
    return of(System.getProperty(PROPERTY, "auto"));
  }

  static PartsChoice of(String name) {
    return switch (name) {
      case "auto" -> isDockerThere() ? DOCKER : EMBEDDED;
      case "docker" -> DOCKER;
      case "embedded" -> EMBEDDED;
      case "external" -> EXTERNAL;
      default ->
          throw new IllegalArgumentException(
              "%s is '%s': use auto, docker, embedded or external".formatted(PROPERTY, name));
    };
  }

  /** Says on standard error which ones run: a test's result means little without. */
  Parts start() {
    long start = System.nanoTime();
    Parts parts = started();
    System.err.printf(
        "wrtfarm tests: %s parts, ready in %.1f s%n",
        name().toLowerCase(Locale.ROOT), (System.nanoTime() - start) / 1e9);
    return parts;
  }

  /** A docker command on the path means nothing: an engine must answer. */
  private static boolean isDockerThere() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  private static String required(String property, String what) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException(
          "the system property %s is missing: set it to %s".formatted(property, what));
    }
    return value;
  }
}
