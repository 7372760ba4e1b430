package dev.wrtfarm.sample.site;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code index.json} of a feed: versions by package name without ABI version. */
final class FeedIndex {
  private static final int FORMAT = 2;

  private FeedIndex() {}

  static String json(String arch, List<BuiltPackage> packages) {
    Map<String, String> versions = new TreeMap<>();
    for (BuiltPackage pkg : packages) {
      versions.put(pkg.spec().baseName(), pkg.spec().version());
    }
    Map<String, Object> index = new TreeMap<>();
    index.put("version", FORMAT);
    index.put("architecture", arch);
    index.put("packages", versions);
    return Json.write(index);
  }
}
