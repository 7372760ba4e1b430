/** The farm in numbers: metrics and status. */
@NullMarked
package dev.wrtfarm.api.figure;

import org.jspecify.annotations.NullMarked;
