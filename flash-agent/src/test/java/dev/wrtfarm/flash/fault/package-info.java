/** What a run says of cards with faults: one table, on real block devices. */
@NullMarked
package dev.wrtfarm.flash.fault;

import org.jspecify.annotations.NullMarked;
