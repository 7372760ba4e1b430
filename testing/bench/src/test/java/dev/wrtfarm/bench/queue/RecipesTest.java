package dev.wrtfarm.bench.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wrtfarm.common.recipe.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecipesTest {
  @Test
  void sql_makes_the_canonical_form() {
    Recipe recipe =
        new Recipe(
            Recipes.RELEASE,
            Recipes.TARGET,
            Recipes.PROFILE,
            List.of("htop", "luci"),
            List.of(),
            List.of("empty-1"),
            null,
            List.of());

    String sql = Recipes.canonicalSql("'empty-1'");

    assertThat(sql.replace("' || '", "")).isEqualTo("'" + recipe.canonicalForm() + "'");
  }
}
