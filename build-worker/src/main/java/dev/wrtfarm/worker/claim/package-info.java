/** Takes builds from the farm and runs them. */
@NullMarked
package dev.wrtfarm.worker.claim;

import org.jspecify.annotations.NullMarked;
