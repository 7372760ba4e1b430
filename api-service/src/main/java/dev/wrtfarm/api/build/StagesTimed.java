package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.Stage;
import java.util.Map;

/** How long the stages of an attempt took. */
record StagesTimed(Map<Stage, Long> millis) {}
