package dev.wrtfarm.worker.download;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where an answer sends us. Only to the host that gave it, and never from https to http: a feed
 * must not be able to send the worker to an address in the worker's own network, for what is there
 * would reach the build.
 */
final class Redirects {
  private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);

  private Redirects() {}

  /** Empty when the answer is none that sends us elsewhere. */
  static Optional<URI> target(URI from, HttpResponse<?> response) throws IOException {
    Optional<String> location = response.headers().firstValue("Location");
    if (!STATUS.contains(response.statusCode()) || location.isEmpty()) {
      return Optional.empty();
    }
    URI to;
    try {
      to = from.resolve(location.get());
    } catch (IllegalArgumentException e) {
      throw new IOException(from + " redirects to what is no URL", e);
    }
    if (!isAllowed(from, to)) {
      throw new IOException(
          "%s redirects to %s://%s, and a download may only be redirected to the same host"
              .formatted(from, to.getScheme(), to.getAuthority()));
    }
    return Optional.of(to);
  }

  private static boolean isAllowed(URI from, URI to) {
    boolean upgrade = scheme(from).equals("http") && scheme(to).equals("https");
    boolean sameScheme = scheme(from).equals(scheme(to));
    boolean samePort = port(from) == port(to);
    boolean usualPorts = port(from) == 80 && port(to) == 443;
    return host(from).equals(host(to))
        && !host(to).isEmpty()
        && (sameScheme && samePort || upgrade && usualPorts);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : scheme(uri).equals("https") ? 443 : 80;
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static String host(URI uri) {
    return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
  }
}
