package dev.wrtfarm.common.rest;

import dev.wrtfarm.common.flash.BootProof;
import dev.wrtfarm.common.flash.FlashKind;
import dev.wrtfarm.common.flash.FlashOptions;
import dev.wrtfarm.common.flash.FlashPlan;
import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A flash job as everyone sees it.
 *
 * @param batch the id that the jobs of one submission share
 * @param waiting why it does not go on by itself, in words: its agent is offline, another job has
 *     the slot, somebody has to confirm; empty when it does
 * @param imageName what is flashed
 * @param plan from PLANNED on
 * @param reason why it is FAILED, NEEDS_CHECK, CANCELLED or EXPIRED, in words
 * @param unusable whether the card was left without a bootable image
 * @param proof what the booted device said, if it was asked
 */
public record FlashView(
    String id,
    String batch,
    FlashKind kind,
    FlashState state,
    String host,
    String slot,
    @Nullable String build,
    String imageName,
    String imageSha256,
    @Nullable String imageId,
    FlashOptions options,
    boolean unattended,
    String phase,
    int percent,
    String detail,
    String waiting,
    @Nullable FlashPlan plan,
    @Nullable FlashReport report,
    @Nullable String reason,
    boolean unusable,
    @Nullable BootProof proof,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended) {}
