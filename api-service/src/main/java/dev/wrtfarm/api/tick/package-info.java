/** Tasks that every replica runs at an interval. */
@NullMarked
package dev.wrtfarm.api.tick;

import org.jspecify.annotations.NullMarked;
