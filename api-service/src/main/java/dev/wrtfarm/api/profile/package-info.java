/** The farm's profiles: recipes for a device, in numbered revisions that never change. */
@NullMarked
package dev.wrtfarm.api.profile;

import org.jspecify.annotations.NullMarked;
