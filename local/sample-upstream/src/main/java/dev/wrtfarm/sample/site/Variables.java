package dev.wrtfarm.sample.site;

import java.util.HashMap;
import java.util.Map;

/** The {@code @name@} words of lists and files. */
record Variables(Map<String, String> values) {

  static Variables of(Release release, Target target) {
    return new Variables(
        Map.of(
            "dist", SiteLayout.DIST,
            "version", release.version(),
            "revision", release.code(),
            "hash", release.code().substring(release.code().indexOf('-') + 1),
            "kernel", release.kernel(),
            "vermagic", release.vermagic().substring(0, 8),
            "target", target.name(),
            "arch", target.arch(),
            "profile", target.devices().getFirst().name()));
  }

  Variables with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(more);
    return new Variables(all);
  }

  String fill(String text) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("@" + value.getKey() + "@", value.getValue());
    }
    return filled;
  }
}
