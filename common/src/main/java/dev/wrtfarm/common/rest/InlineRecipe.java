package dev.wrtfarm.common.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recipe as people write it, in JSON here and in YAML in {@code profiles/}.
 *
 * @param packages {@code htop} adds, {@code -ppp} removes
 */
public record InlineRecipe(
    String release,
    String target,
    String profile,
    @Nullable List<String> packages,
    @Nullable List<String> disabledServices,
    @Nullable Integer rootfsMib,
    @Nullable List<String> filesystems) {}
