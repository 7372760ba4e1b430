/** Builds: their states, attempts, artifacts, and how they are shown. */
@NullMarked
package dev.wrtfarm.api.build;

import org.jspecify.annotations.NullMarked;
