/** Host tools, and the folders that the worker keeps on its disk. */
@NullMarked
package dev.wrtfarm.worker.host;

import org.jspecify.annotations.NullMarked;
