/** Upstream's and the Image Builder's own {@code profiles.json}. */
@NullMarked
package dev.wrtfarm.worker.profile;

import org.jspecify.annotations.NullMarked;
