@NullMarked
package dev.wrtfarm.api.flashlease;

import org.jspecify.annotations.NullMarked;
