@NullMarked
package dev.wrtfarm.bench;

import org.jspecify.annotations.NullMarked;
