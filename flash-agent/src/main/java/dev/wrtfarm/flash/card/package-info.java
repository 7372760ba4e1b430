/** What the journal knows of cards and slots: states, scores, and what is on which card. */
@NullMarked
package dev.wrtfarm.flash.card;

import org.jspecify.annotations.NullMarked;
