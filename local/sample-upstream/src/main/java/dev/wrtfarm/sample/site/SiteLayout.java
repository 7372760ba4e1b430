package dev.wrtfarm.sample.site;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names and places of a download server. */
final class SiteLayout {
  static final String DIST = "sample";

  /** What the Image Builders believe their download server is called. It does not exist. */
  static final String CANONICAL_URL = "http://downloads.sample.invalid";

  private SiteLayout() {}

  /** Feed name to the feed's folder, in the order in which an Image Builder lists them. */
  static Map<String, String> feeds(Release release, Target target) {
    String packages = release.path() + "/packages/" + target.arch() + "/";
    Map<String, String> feeds = new LinkedHashMap<>();
    feeds.put("core", target.path(release) + "/packages");
    feeds.put("base", packages + "base");
    feeds.put("kmods", target.path(release) + "/kmods/" + release.kmods());
    feeds.put("luci", packages + "luci");
    feeds.put("packages", packages + "packages");
    return feeds;
  }

  /** The Image Builder's archive without suffix, and the folder in it. */
  static String imageBuilder(Release release, Target target) {
    return "%s-imagebuilder-%s-%s.Linux-x86_64"
        .formatted(DIST, release.version(), target.name().replace('/', '-'));
  }
}
