/** What is on a card now, and which of it has to go before an image comes onto it. */
@NullMarked
package dev.wrtfarm.flash.wipe;

import org.jspecify.annotations.NullMarked;
