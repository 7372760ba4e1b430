/** Starting, timing and ending what is measured; nothing of it outlives the run. */
@NullMarked
package dev.wrtfarm.bench.process;

import org.jspecify.annotations.NullMarked;
