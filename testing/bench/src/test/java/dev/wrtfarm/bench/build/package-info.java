@NullMarked
package dev.wrtfarm.bench.build;

import org.jspecify.annotations.NullMarked;
