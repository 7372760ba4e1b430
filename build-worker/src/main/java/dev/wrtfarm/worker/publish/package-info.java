/** Last stage: artifacts and log to the object store. */
@NullMarked
package dev.wrtfarm.worker.publish;

import org.jspecify.annotations.NullMarked;
