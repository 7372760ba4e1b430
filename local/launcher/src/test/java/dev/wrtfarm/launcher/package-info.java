@NullMarked
package dev.wrtfarm.launcher;

import org.jspecify.annotations.NullMarked;
