package dev.wrtfarm.api.lease;

import dev.wrtfarm.common.build.Stage;

/** A running build went on to another stage. */
public record StageReached(String build, Stage stage) {}
