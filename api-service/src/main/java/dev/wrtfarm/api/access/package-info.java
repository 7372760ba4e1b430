/** Who may call what. */
@NullMarked
package dev.wrtfarm.api.access;

import org.jspecify.annotations.NullMarked;
