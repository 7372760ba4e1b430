/** RFC 9457 problems, and the one list of their types. */
@NullMarked
package dev.wrtfarm.common.problem;

import org.jspecify.annotations.NullMarked;
