@NullMarked
package dev.wrtfarm.sample.boot;

import org.jspecify.annotations.NullMarked;
