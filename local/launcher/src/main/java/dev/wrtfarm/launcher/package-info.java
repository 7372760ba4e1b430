/**
 * Starts the farm's programs as child processes, watches them and stops them. A program lives no
 * longer than its parent: each holds the read end of a pipe whose write end only the parent has,
 * and stops at end of file, however the parent ended.
 */
@NullMarked
package dev.wrtfarm.launcher;

import org.jspecify.annotations.NullMarked;
