/** The farm's API, as a flash agent sees it. */
@NullMarked
package dev.wrtfarm.flash.farm;

import org.jspecify.annotations.NullMarked;
