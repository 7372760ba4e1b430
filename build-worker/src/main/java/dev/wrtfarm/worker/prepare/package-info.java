/** Second stage: a private copy of the golden tree, its feeds pointed at the worker. */
@NullMarked
package dev.wrtfarm.worker.prepare;

import org.jspecify.annotations.NullMarked;
