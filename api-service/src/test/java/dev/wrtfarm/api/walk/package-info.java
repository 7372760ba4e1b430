@NullMarked
package dev.wrtfarm.api.walk;

import org.jspecify.annotations.NullMarked;
