package dev.wrtfarm.flash.agent;

import dev.wrtfarm.flash.image.ImageRefused;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where this host takes images from, whatever the farm says.
 *
 * @param allowed {@code host} for all its ports, or {@code host:port}; none of them means any host
 */
public record ImageHosts(List<String> allowed) {
  /** In the agent's configuration. */
  static final String KEY = "image-hosts";

  static final ImageHosts ANY = new ImageHosts(List.of());
  private static final Pattern HOST = Pattern.compile("([a-z0-9.-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?");

  /**
   * @throws IllegalArgumentException one of them is no host
   */
  static ImageHosts parse(String commaSeparated) {
    if (commaSeparated.isBlank()) {
      return ANY;
    }
    List<String> hosts =
        Arrays.stream(commaSeparated.toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .toList();
    for (String host : hosts) {
      if (!HOST.matcher(host).matches()) {
        throw new IllegalArgumentException(host);
      }
    }
    return new ImageHosts(hosts);
  }

  /**
   * @param uri of the image itself, or of where its host sent us
   */
  void require(URI uri, String image) throws ImageRefused {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    String withPort = host + ":" + port(uri);
    if (!allowed.isEmpty() && !allowed.contains(host) && !allowed.contains(withPort)) {
      throw new ImageRefused(
          "%s would come from %s, which is not in %s of this host's agent (%s): add it there, or flash an image of another place"
              .formatted(image, withPort, KEY, String.join(", ", allowed)));
    }
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
