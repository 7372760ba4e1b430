package dev.wrtfarm.api.flash;

import dev.wrtfarm.common.flash.FlashReport;
import dev.wrtfarm.common.flash.FlashState;
import dev.wrtfarm.common.flash.RefusalReason;
import org.jspecify.annotations.Nullable;

/**
 * A flash job's state changed, or its lease did. Fired in the transaction; whoever tells the world
 * observes it after the commit.
 */
public record FlashChanged(
    String job,
    String host,
    FlashTransition transition,
    FlashState from,
    @Nullable FlashReport report,
    @Nullable RefusalReason refusal) {}
