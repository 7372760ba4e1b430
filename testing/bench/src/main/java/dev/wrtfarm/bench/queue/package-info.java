/**
 * The queue alone: a real stack and a real api-service, and workers that speak the worker API but
 * build nothing.
 */
@NullMarked
package dev.wrtfarm.bench.queue;

import org.jspecify.annotations.NullMarked;
