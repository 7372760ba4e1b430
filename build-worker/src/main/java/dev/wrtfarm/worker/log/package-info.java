/** An attempt's log: cleaned, limited, followed while it grows. */
@NullMarked
package dev.wrtfarm.worker.log;

import org.jspecify.annotations.NullMarked;
