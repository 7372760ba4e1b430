/** Makes a card give up what it only remembers, and finds the same card again after it. */
@NullMarked
package dev.wrtfarm.flash.reset;

import org.jspecify.annotations.NullMarked;
