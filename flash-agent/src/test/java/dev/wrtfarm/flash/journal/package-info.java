@NullMarked
package dev.wrtfarm.flash.journal;

import org.jspecify.annotations.NullMarked;
