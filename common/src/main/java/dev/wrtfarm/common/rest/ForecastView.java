package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.recipe.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * What a submission would come to if it were made now: the answer to one with {@code dryRun}.
 *
 * @param outcome {@code queued}, {@code attached}, {@code reused} or {@code refused}
 * @param why a sentence for people
 * @param mode the {@link BuildMode}'s word that it would be made with
 * @param profile {@code id@revision}, when it named a profile
 * @param recipe what was asked for, resolved
 * @param build the build that would answer; absent when there is none yet, or none would
 * @param waitingBefore how many builds wait that would be claimed before its own
 */
public record ForecastView(
    String outcome,
    String why,
    String mode,
    @Nullable String profile,
    Recipe recipe,
    String recipeDigest,
    @Nullable BuildView build,
    long waitingBefore) {}
