package dev.wrtfarm.bench.queue;

import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.SubmitBuild;
import java.util.List;

/** Recipes that differ in the name of a disabled service, so that none attaches to another. */
final class Recipes {
  static final String RELEASE = "24.10.0";
  static final String TARGET = "x86/64";
  static final String PROFILE = "generic";

  private Recipes() {}

  static SubmitBuild submission(String service) {
    return new SubmitBuild(
        null,
        new InlineRecipe(
            RELEASE, TARGET, PROFILE, List.of("htop", "luci"), List.of(service), null, null),
        null,
        null);
  }

  /** What a claimed build's recipe was told apart by. */
  static String service(Recipe recipe) {
    return recipe.disabledServices().getFirst();
  }

  /** The canonical form as an expression of SQL; {@code service} is one too. */
  static String canonicalSql(String service) {
    String around =
        new Recipe(
                RELEASE,
                TARGET,
                PROFILE,
                List.of("htop", "luci"),
                List.of(),
                List.of("SERVICE"),
                null,
                List.of())
            .canonicalForm();
    return "'" + around.replace("SERVICE", "' || " + service + " || '") + "'";
  }
}
