/** The caching proxy through which alone a sandbox reaches package feeds. */
@NullMarked
package dev.wrtfarm.worker.feed;

import org.jspecify.annotations.NullMarked;
