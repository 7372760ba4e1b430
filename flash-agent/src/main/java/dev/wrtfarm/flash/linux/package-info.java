/** The few calls of the kernel that Java has no word for. */
@NullMarked
package dev.wrtfarm.flash.linux;

import org.jspecify.annotations.NullMarked;
