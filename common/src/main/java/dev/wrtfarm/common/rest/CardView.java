package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.flash.CardState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A card, what is on it, and what happened to it.
 *
 * @param host where it was last seen
 * @param imageName of the image that a passed flash put on it, if that is still what it holds
 * @param since when that flash ended
 * @param jobs newest first, at most 50
 */
public record CardView(
    String id,
    @Nullable String label,
    CardState state,
    int score,
    @Nullable String host,
    @Nullable String slot,
    @Nullable Instant lastSeen,
    @Nullable String imageName,
    @Nullable String imageSha256,
    @Nullable String imageId,
    @Nullable Instant since,
    List<FlashView> jobs) {}
