/** Value types: each knows its own format and refuses anything else. */
@NullMarked
package dev.wrtfarm.common.value;

import org.jspecify.annotations.NullMarked;
