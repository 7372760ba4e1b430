/** The machine that a command runs on. */
@NullMarked
package dev.wrtfarm.cli.machine;

import org.jspecify.annotations.NullMarked;
