/** A whole farm: how long it takes to start, and its memory. */
@NullMarked
package dev.wrtfarm.bench.farm;

import org.jspecify.annotations.NullMarked;
