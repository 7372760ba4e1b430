/** How long the command line takes to start. */
@NullMarked
package dev.wrtfarm.bench.cli;

import org.jspecify.annotations.NullMarked;
