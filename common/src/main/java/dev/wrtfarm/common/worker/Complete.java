package dev.wrtfarm.common.worker;

import dev.wrtfarm.common.build.Stage;
import java.util.List;
import java.util.Map;

/** The build succeeded. {@code stageMillis} tells how long each stage took. */
public record Complete(Lease lease, List<Produced> artifacts, Map<Stage, Long> stageMillis) {}
