/** Blocks that nobody else can have written: canaries outside an image, nonces under it. */
@NullMarked
package dev.wrtfarm.flash.mark;

import org.jspecify.annotations.NullMarked;
