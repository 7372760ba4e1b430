/** What devices the host has, and which of them may be written to. */
@NullMarked
package dev.wrtfarm.flash.device;

import org.jspecify.annotations.NullMarked;
