/** One process per card, which writes only after its parent's go, and then to the end. */
@NullMarked
package dev.wrtfarm.flash.lane;

import org.jspecify.annotations.NullMarked;
