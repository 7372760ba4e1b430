package dev.wrtfarm.flash.plan;

import dev.wrtfarm.common.flash.DeviceFacts;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.ImageFacts;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a plan's token stands for. If any of it is different when the token comes back,
 * it is not this plan's token.
 *
 * @param bootId the kernel's: disk sequence numbers begin anew with it
 */
record TokenSubject(
    String job,
    FlashKind kind,
    String slot,
    DeviceFacts device,
    String bootId,
    String firstMibSha256,
    ImageFacts image,
    FlashOptions options,
    @Nullable String configSha256) {}
