/** A farm's data folder: where it is, what state file and secrets it holds. */
@NullMarked
package dev.wrtfarm.cli.data;

import org.jspecify.annotations.NullMarked;
