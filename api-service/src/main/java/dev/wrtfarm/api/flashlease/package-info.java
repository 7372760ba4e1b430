/** What agents do with flash jobs: claims, leases, the changes that they tell, and the reaper. */
@NullMarked
package dev.wrtfarm.api.flashlease;

import org.jspecify.annotations.NullMarked;
