/** The farm's API, as a worker sees it. */
@NullMarked
package dev.wrtfarm.worker.farm;

import org.jspecify.annotations.NullMarked;
