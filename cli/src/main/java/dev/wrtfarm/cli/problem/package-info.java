/** How every failure becomes a message and an exit code. */
@NullMarked
package dev.wrtfarm.cli.problem;

import org.jspecify.annotations.NullMarked;
