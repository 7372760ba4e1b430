/** Who follows a build, and how its life reaches them: state, log, end. */
@NullMarked
package dev.wrtfarm.api.follow;

import org.jspecify.annotations.NullMarked;
