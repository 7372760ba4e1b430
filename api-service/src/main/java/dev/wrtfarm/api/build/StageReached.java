package dev.wrtfarm.api.build;

import dev.wrtfarm.common.build.Stage;

/** A running build went on to another stage. */
record StageReached(String build, Stage stage) {}
