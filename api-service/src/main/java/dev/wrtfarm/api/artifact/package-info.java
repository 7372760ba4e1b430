/** Bytes: the object store, and one row for each upload to it. */
@NullMarked
package dev.wrtfarm.api.artifact;

import org.jspecify.annotations.NullMarked;
