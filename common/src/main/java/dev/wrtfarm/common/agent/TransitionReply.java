package dev.wrtfarm.common.agent;

import dev.wrtfarm.common.flash.FlashState;

/**
 * @param state the job's state now
 * @param cancel whoever asked wants it stopped; the answer to progress says so too
 */
public record TransitionReply(FlashState state, boolean cancel) {}
