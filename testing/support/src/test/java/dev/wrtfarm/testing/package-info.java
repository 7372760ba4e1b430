@NullMarked
package dev.wrtfarm.testing;

import org.jspecify.annotations.NullMarked;
