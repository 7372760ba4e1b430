package dev.wrtfarm.flash.card;

import dev.wrtfarm.common.flash.CardState;
import dev.wrtfarm.common.flash.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the journal knows of a card.
 *
 * @param slot where it was last worked on
 * @param imageName of what a passed run found on it, if nothing was written to it since
 * @param since when that image was first known to be on it
 */
public record CardRecord(
    String id,
    @Nullable String label,
    CardState state,
    int score,
    int runs,
    @Nullable String slot,
    @Nullable Instant lastRun,
    @Nullable Verdict lastVerdict,
    @Nullable String imageName,
    @Nullable String imageSha256,
    @Nullable String imageId,
    @Nullable Instant since) {}
