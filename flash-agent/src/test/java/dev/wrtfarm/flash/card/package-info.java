@NullMarked
package dev.wrtfarm.flash.card;

import org.jspecify.annotations.NullMarked;
