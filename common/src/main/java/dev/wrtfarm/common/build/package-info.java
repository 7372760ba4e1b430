/** States, stages and failures of a build. */
@NullMarked
package dev.wrtfarm.common.build;

import org.jspecify.annotations.NullMarked;
