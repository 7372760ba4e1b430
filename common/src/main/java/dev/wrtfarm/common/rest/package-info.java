/** Messages of the farm's own API, {@code /api/v2}. */
@NullMarked
package dev.wrtfarm.common.rest;

import org.jspecify.annotations.NullMarked;
