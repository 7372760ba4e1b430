@NullMarked
package dev.wrtfarm.bench.process;

import org.jspecify.annotations.NullMarked;
