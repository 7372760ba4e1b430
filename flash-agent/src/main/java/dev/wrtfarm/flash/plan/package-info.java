/** What would be done to a card, and the token that confirms it. */
@NullMarked
package dev.wrtfarm.flash.plan;

import org.jspecify.annotations.NullMarked;
