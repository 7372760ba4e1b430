@NullMarked
package dev.wrtfarm.flash.local;

import org.jspecify.annotations.NullMarked;
