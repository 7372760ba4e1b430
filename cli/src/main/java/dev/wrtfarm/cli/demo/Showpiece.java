package dev.wrtfarm.cli.demo;

import dev.wrtfarm.cli.build.SavedBuild;
import java.nio.file.Path;

/** A build of the demo with its disk image opened. */
record Showpiece(String profile, SavedBuild saved, Path image, OpenedImage content) {}
