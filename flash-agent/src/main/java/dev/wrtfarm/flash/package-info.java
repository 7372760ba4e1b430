/** The flash agent: writes images to cards, and proves that the cards really hold them. */
@NullMarked
package dev.wrtfarm.flash;

import org.jspecify.annotations.NullMarked;
