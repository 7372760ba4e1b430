package dev.wrtfarm.common.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v2/builds}: either a {@code profile} with changes to it, or a whole
 * {@code recipe}.
 *
 * @param profile a profile of the farm, {@code id} or {@code id@revision}
 * @param recipe an inline recipe, when no profile is named
 * @param packages changes to the packages: {@code htop} adds, {@code -ppp} removes
 * @param priority 0 (last) to 100 (first); 50 when absent
 * @param mode a {@link BuildMode}'s word; {@code build-or-reuse} when absent
 * @param dryRun true: say what would happen ({@link ForecastView}), and do nothing
 */
public record SubmitBuild(
    @Nullable String profile,
    @Nullable InlineRecipe recipe,
    @Nullable List<String> packages,
    @Nullable Integer priority,
    @Nullable String mode,
    @Nullable Boolean dryRun) {

  /** A build, or an earlier one that will do. */
  public SubmitBuild(
      @Nullable String profile,
      @Nullable InlineRecipe recipe,
      @Nullable List<String> packages,
      @Nullable Integer priority) {
    this(profile, recipe, packages, priority, null, null);
  }
}
