package dev.wrtfarm.api.submission;

import dev.wrtfarm.api.profile.Profiles;
import dev.wrtfarm.common.recipe.Recipe;
import dev.wrtfarm.common.rest.BuildMode;
import dev.wrtfarm.common.rest.InlineRecipe;
import dev.wrtfarm.common.rest.ProfileView;
import dev.wrtfarm.common.rest.SubmitBuild;
import dev.wrtfarm.common.value.InvalidValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a submission asks for, resolved.
 *
 * @param profile the revision that it came from, when it named a profile
 */
public record Wish(Recipe recipe, @Nullable ProfileView profile, int priority, BuildMode mode) {
  private static final int USUAL_PRIORITY = 50;
  private static final int HIGHEST_PRIORITY = 100;

  /** Throws {@link InvalidValue}, or UnknownProfile. */
  public static Wish of(SubmitBuild submitted, Profiles profiles) {
    Integer priority = submitted.priority();
    if (priority != null && (priority < 0 || priority > HIGHEST_PRIORITY)) {
      throw new InvalidValue("priority", priority.toString(), "give 0 (last) to 100 (first)");
    }
    if ((submitted.profile() == null) == (submitted.recipe() == null)) {
      throw new InvalidValue(
          "profile",
          submitted.profile() == null ? "" : submitted.profile(),
          "name a profile of the farm or give a recipe, one of the two");
    }
    ProfileView profile = submitted.profile() == null ? null : profiles.named(submitted.profile());
    InlineRecipe base = profile == null ? submitted.recipe() : profile.recipe();
    return new Wish(
        recipe(base, submitted.packages()),
        profile,
        priority == null ? USUAL_PRIORITY : priority,
        submitted.mode() == null ? BuildMode.BUILD_OR_REUSE : BuildMode.of(submitted.mode()));
  }

  /** Whether a build that joins this wish must make its image, even if there is one like it. */
  boolean mustBuild() {
    return mode == BuildMode.FORCE;
  }

  private static Recipe recipe(@Nullable InlineRecipe base, @Nullable List<String> changes) {
    if (base == null) {
      throw new InvalidValue("recipe", "", "give a recipe");
    }
    Set<String> added = new LinkedHashSet<>();
    Set<String> removed = new LinkedHashSet<>();
    change(base.packages(), added, removed);
    // A later list wins over an earlier one; the same list must not contradict itself.
    Set<String> laterAdded = new LinkedHashSet<>();
    Set<String> laterRemoved = new LinkedHashSet<>();
    change(changes, laterAdded, laterRemoved);
    added.removeAll(laterRemoved);
    removed.removeAll(laterAdded);
    added.addAll(laterAdded);
    removed.addAll(laterRemoved);
    return new Recipe(
        given("recipe.release", base.release()),
        given("recipe.target", base.target()),
        given("recipe.profile", base.profile()),
        List.copyOf(added),
        List.copyOf(removed),
        base.disabledServices() == null ? List.of() : base.disabledServices(),
        base.rootfsMib(),
        base.filesystems() == null ? List.of() : base.filesystems());
  }

  private static void change(@Nullable List<String> list, Set<String> added, Set<String> removed) {
    if (list == null) {
      return;
    }
    for (String each : list) {
      if (each.startsWith("-")) {
        removed.add(each.substring(1));
      } else {
        added.add(each);
      }
    }
  }

  private static String given(String field, @Nullable String value) {
    if (value == null) {
      throw new InvalidValue(field, "", "it is missing; give one");
    }
    return value;
  }
}
