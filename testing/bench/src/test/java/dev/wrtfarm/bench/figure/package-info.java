@NullMarked
package dev.wrtfarm.bench.figure;

import org.jspecify.annotations.NullMarked;
