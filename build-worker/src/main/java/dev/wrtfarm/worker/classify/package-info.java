/** Turns the text of a failed run into a failure with a reason. */
@NullMarked
package dev.wrtfarm.worker.classify;

import org.jspecify.annotations.NullMarked;
