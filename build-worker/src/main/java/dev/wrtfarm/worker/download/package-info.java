/** Files over HTTP, with limits. */
@NullMarked
package dev.wrtfarm.worker.download;

import org.jspecify.annotations.NullMarked;
