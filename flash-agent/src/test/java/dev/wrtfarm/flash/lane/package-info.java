@NullMarked
package dev.wrtfarm.flash.lane;

import org.jspecify.annotations.NullMarked;
