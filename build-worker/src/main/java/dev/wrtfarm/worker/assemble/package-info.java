/** Fourth stage: {@code make image}. */
@NullMarked
package dev.wrtfarm.worker.assemble;

import org.jspecify.annotations.NullMarked;
