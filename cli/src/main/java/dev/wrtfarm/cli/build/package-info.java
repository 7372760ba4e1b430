/** Builds: ask for one, follow it, fetch what it made, look at old ones. */
@NullMarked
package dev.wrtfarm.cli.build;

import org.jspecify.annotations.NullMarked;
