/** One run on one card: canaries, nonces, wiping, the image, and the proof that it is there. */
@NullMarked
package dev.wrtfarm.flash.run;

import org.jspecify.annotations.NullMarked;
