package dev.wrtfarm.bench.build;

import dev.wrtfarm.common.rest.InlineRecipe;
import java.util.List;

/**
 * Recipes of one release that differ in nothing that costs time: each disables a service that no
 * package has, so that none is answered with an earlier one's images.
 *
 * @param kind the package manager, for the figures' names
 */
record SampleRecipes(String kind, String release) {
  static final List<SampleRecipes> ALL =
      List.of(
          new SampleRecipes("opkg", "24.10.0-sample"), new SampleRecipes("apk", "25.12.0-sample"));

  static final String TARGET = "x86/64";
  static final String PROFILE = "generic";
  static final List<String> PACKAGES = List.of("htop", "luci");

  InlineRecipe recipe(String distinct) {
    return new InlineRecipe(
        release, TARGET, PROFILE, PACKAGES, List.of(service(distinct)), null, null);
  }

  static String service(String distinct) {
    return "bench-" + distinct;
  }
}
