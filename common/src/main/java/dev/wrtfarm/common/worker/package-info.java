/** Messages of the worker API, {@code /api/worker/v1}. */
@NullMarked
package dev.wrtfarm.common.worker;

import org.jspecify.annotations.NullMarked;
