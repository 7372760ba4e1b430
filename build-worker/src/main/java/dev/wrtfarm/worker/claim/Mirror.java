package dev.wrtfarm.worker.claim;

import java.net.URI;

/**
 * Image Builders name their feeds by upstream's canonical URL; a farm that fetches from a mirror
 * fetches those from it too.
 */
public record Mirror(URI canonical, URI actual) {
  URI of(URI feed) {
    String from = withoutSlash(canonical);
    String text = feed.toString();
    return text.equals(from) || text.startsWith(from + "/")
        ? URI.create(withoutSlash(actual) + text.substring(from.length()))
        : feed;
  }

  private static String withoutSlash(URI uri) {
    return uri.toString().replaceAll("/+$", "");
  }
}
