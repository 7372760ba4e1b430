@NullMarked
package dev.wrtfarm.sample;

import org.jspecify.annotations.NullMarked;
