@NullMarked
package dev.wrtfarm.bench.queue;

import org.jspecify.annotations.NullMarked;
