package dev.wrtfarm.flash.plan;

import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.ImageFacts;

/**
 * What somebody wants done.
 *
 * @param reset how the slot can be reset: {@code none} or {@code helper}
 */
public record PlanRequest(
    String job,
    FlashKind kind,
    String slot,
    ImageFacts image,
    FlashOptions options,
    String reset) {}
