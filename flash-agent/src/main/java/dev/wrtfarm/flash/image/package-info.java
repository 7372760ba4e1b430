/** Images as files, and as the bytes that come onto a card. */
@NullMarked
package dev.wrtfarm.flash.image;

import org.jspecify.annotations.NullMarked;
