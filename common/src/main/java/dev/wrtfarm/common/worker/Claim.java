package dev.wrtfarm.common.worker;

import dev.wrtfarm.common.recipe.Recipe;

/**
 * A build to run.
 *
 * @param attempt 1 for the first
 * @param leaseSeconds how long the lease lasts without a heartbeat
 */
public record Claim(
    String build, long fence, Recipe recipe, String recipeDigest, int attempt, int leaseSeconds) {}
