@NullMarked
package dev.wrtfarm.stack;

import org.jspecify.annotations.NullMarked;
