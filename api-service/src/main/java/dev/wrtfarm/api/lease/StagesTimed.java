package dev.wrtfarm.api.lease;

import dev.wrtfarm.common.build.Stage;
import java.util.Map;

/** How long the stages of an attempt took. */
public record StagesTimed(Map<Stage, Long> millis) {}
