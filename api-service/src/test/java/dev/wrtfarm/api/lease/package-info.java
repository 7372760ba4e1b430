@NullMarked
package dev.wrtfarm.api.lease;

import org.jspecify.annotations.NullMarked;
