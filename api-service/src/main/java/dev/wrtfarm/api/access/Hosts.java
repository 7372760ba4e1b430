package dev.wrtfarm.api.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The names that this service answers to. A page of another site can make a browser call us; it can
 * even make its own name point here. It cannot make the browser lie about Host and Origin.
 */
@ApplicationScoped
class Hosts {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern PORT_AT_END = Pattern.compile(":\\d*$");

  private final Set<String> configured = new HashSet<>();
  private final boolean onLoopback;

  Hosts(AccessConfig config, @ConfigProperty(name = "quarkus.http.host") String bound) {
    config.hosts().orElse(List.of()).forEach(host -> configured.add(lower(host.strip())));
    onLoopback = bound.equals("localhost") || bound.startsWith("127.") || bound.equals("::1");
    if (onLoopback) {
      configured.add(lower(bound));
    }
  }

  /** Whether only this machine can reach the service. */
  boolean areLoopback() {
    return onLoopback;
  }

  /**
   * @param authority of the request: a host, perhaps with a port
   */
  boolean allows(@Nullable String authority) {
    return authority != null && isKnown(name(authority));
  }

  /** The same site, or a configured one. */
  boolean allowsOrigin(String origin, String authority) {
    try {
      URI uri = new URI(origin);
      String from = uri.getRawAuthority();
      if (from == null || uri.getScheme() == null || !isKnown(name(from))) {
        return false;
      }
      boolean own = port(from, uri.getScheme()) == port(authority, uri.getScheme());
      return own || (configured.contains(name(from)) && !LOOPBACK.contains(name(from)));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private boolean isKnown(String name) {
    return LOOPBACK.contains(name) || configured.contains(name);
  }

  private static String name(String authority) {
    return lower(PORT_AT_END.matcher(authority).replaceFirst(""));
  }

  private static int port(String authority, String scheme) {
    String port = authority.replaceFirst("^.*?(:(\\d{1,5}))?$", "$2");
    return port.isEmpty() ? (scheme.equals("https") ? 443 : 80) : Integer.parseInt(port);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
