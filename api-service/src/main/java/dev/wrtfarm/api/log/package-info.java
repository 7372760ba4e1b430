/** Builds' logs: rows while an attempt runs, then the artifact. */
@NullMarked
package dev.wrtfarm.api.log;

import org.jspecify.annotations.NullMarked;
