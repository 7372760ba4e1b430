/**
 * A farm in single processes, each with a configuration of its own, for tests that kill, stop and
 * starve them.
 */
@NullMarked
package dev.wrtfarm.system.cluster;

import org.jspecify.annotations.NullMarked;
