/** How long records are kept. */
@NullMarked
package dev.wrtfarm.api.retention;

import org.jspecify.annotations.NullMarked;
