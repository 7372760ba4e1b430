@NullMarked
package dev.wrtfarm.api.tick;

import org.jspecify.annotations.NullMarked;
