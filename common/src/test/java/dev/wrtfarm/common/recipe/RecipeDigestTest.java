package dev.wrtfarm.common.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wrtfarm.common.Seeded;
import dev.wrtfarm.common.value.InvalidValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeDigestTest {

  @ParameterizedTest
  @MethodSource("dev.wrtfarm.common.Seeded#seeds")
  void order_and_duplicates_do_not_matter(long seed) {
    Seeded random = new Seeded(seed);
    Recipe recipe = anyRecipe(random);
    Draft draft = new Draft(recipe);
    draft.packages = random.shuffledWithDuplicates(recipe.packages());
    draft.removedPackages = random.shuffledWithDuplicates(recipe.removedPackages());
    draft.disabledServices = random.shuffledWithDuplicates(recipe.disabledServices());
    draft.filesystems = random.shuffledWithDuplicates(recipe.filesystems());
    Recipe shuffled = draft.recipe();
    assertThat(shuffled.digest()).isEqualTo(recipe.digest());
    assertThat(shuffled).isEqualTo(recipe);
  }

  @ParameterizedTest
  @MethodSource("dev.wrtfarm.common.Seeded#seeds")
  void everything_else_does(long seed) {
    Recipe recipe = anyRecipe(new Seeded(seed));
    Set<String> digests = new LinkedHashSet<>();
    digests.add(recipe.digest().hex());
    List<Recipe> changed = eachMemberChanged(recipe);
    changed.forEach(each -> digests.add(each.digest().hex()));
    assertThat(digests).hasSize(changed.size() + 1);
  }

  @ParameterizedTest
  @CsvFileSource(
      resources = "/recipe-digest-vectors.csv",
      numLinesToSkip = 1,
      quoteCharacter = '\'',
      delimiter = '|')
  void the_published_vectors_hold(
      String release,
      String target,
      String profile,
      @Nullable String packages,
      @Nullable String removed,
      @Nullable String services,
      @Nullable Integer rootfsMib,
      @Nullable String filesystems,
      String canonicalForm,
      String digest) {
    Recipe recipe =
        new Recipe(
            release,
            target,
            profile,
            words(packages),
            words(removed),
            words(services),
            rootfsMib,
            words(filesystems));
    assertThat(recipe.canonicalForm()).isEqualTo(canonicalForm);
    assertThat(recipe.digest().hex()).isEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$(shell id)",
        "`id`",
        "a;b",
        "a b",
        "a\nb",
        "-a",
        "../a",
        "a/b",
        "",
        "a=1.0",
        "\"a\"",
        "a'b"
      })
  void no_hostile_package_passes(String hostile) {
    assertThatThrownBy(() -> withPackages(List.of(hostile)))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("package");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(shell id)", "generic other", "", "-x", "a/b", "a:b", "a\"b"})
  void no_hostile_profile_passes(String hostile) {
    assertThatThrownBy(() -> Recipe.of("24.10.0", "x86/64", hostile))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("profile");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "24.10.0/../..", "24", "latest", "24.10.0\n", "24.10.0 ", ""})
  void no_hostile_release_passes(String hostile) {
    assertThatThrownBy(() -> Recipe.of(hostile, "x86/64", "generic"))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("release");
  }

  @Test
  void a_package_both_added_and_removed_is_refused() {
    assertThatThrownBy(() ->
            new Recipe(
                "24.10.0",
                "x86/64",
                "generic",
                List.of("htop"),
                List.of("htop"),
                List.of(),
                null,
                List.of()))
        .isInstanceOf(InvalidValue.class)
        .hasMessageContaining("both added and removed");
  }

  private static Recipe withPackages(List<String> packages) {
    return new Recipe(
        "24.10.0", "x86/64", "generic", packages, List.of(), List.of(), null, List.of());
  }

  private static Recipe anyRecipe(Seeded random) {
    List<String> packages = random.listOf(8, Seeded::word);
    List<String> removed = new ArrayList<>(random.listOf(4, Seeded::word));
    removed.removeAll(packages);
    return new Recipe(
        random.oneOf(List.of("24.10.0", "25.12.5", "SNAPSHOT", "24.10-SNAPSHOT")),
        random.oneOf(List.of("x86/64", "ath79/nand")),
        random.word(),
        packages,
        removed,
        random.listOf(3, Seeded::word),
        random.coin() ? 1 + random.upTo(500) : null,
        random.oneOf(List.of(List.of(), List.of("squashfs"), List.of("ext4", "squashfs"))));
  }

  private static List<Recipe> eachMemberChanged(Recipe recipe) {
    return Stream.<Consumer<Draft>>of(
            draft -> draft.release = "23.05.6",
            draft -> draft.target = "other/target",
            draft -> draft.profile += "_",
            draft -> draft.packages = plus(draft.packages),
            draft -> draft.removedPackages = plus(draft.removedPackages),
            draft -> draft.disabledServices = plus(draft.disabledServices),
            draft -> draft.rootfsMib = draft.rootfsMib == null ? 77 : null,
            draft -> draft.filesystems = plus(draft.filesystems))
        .map(change -> {
          Draft draft = new Draft(recipe);
          change.accept(draft);
          return draft.recipe();
        })
        .toList();
  }

  /** A recipe whose members can be changed one at a time. */
  private static final class Draft {
    private String release;
    private String target;
    private String profile;
    private List<String> packages;
    private List<String> removedPackages;
    private List<String> disabledServices;
    private @Nullable Integer rootfsMib;
    private List<String> filesystems;

    Draft(Recipe recipe) {
      release = recipe.release();
      target = recipe.target();
      profile = recipe.profile();
      packages = recipe.packages();
      removedPackages = recipe.removedPackages();
      disabledServices = recipe.disabledServices();
      rootfsMib = recipe.rootfsMib();
      filesystems = recipe.filesystems();
    }

    Recipe recipe() {
      return new Recipe(
          release,
          target,
          profile,
          packages,
          removedPackages,
          disabledServices,
          rootfsMib,
          filesystems);
    }
  }

  private static List<String> plus(List<String> list) {
    List<String> out = new ArrayList<>(list);
    out.add("x0x0x0x0x0x0x0x");
    return out;
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(" "));
  }
}
