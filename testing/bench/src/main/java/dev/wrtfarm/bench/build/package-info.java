/** A build by the farm beside one by hand. */
@NullMarked
package dev.wrtfarm.bench.build;

import org.jspecify.annotations.NullMarked;
