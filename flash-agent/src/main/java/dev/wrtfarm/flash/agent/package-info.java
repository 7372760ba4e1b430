/** Works for a farm: inventory, claims, plans, runs, and late reports. */
@NullMarked
package dev.wrtfarm.flash.agent;

import org.jspecify.annotations.NullMarked;
