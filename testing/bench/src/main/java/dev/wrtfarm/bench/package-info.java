/** Measures the real programs, started as processes, against references of the same run. */
@NullMarked
package dev.wrtfarm.bench;

import org.jspecify.annotations.NullMarked;
