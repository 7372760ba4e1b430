/** How long the local stack takes to start. */
@NullMarked
package dev.wrtfarm.bench.stack;

import org.jspecify.annotations.NullMarked;
