/** What was measured, and how it is shown. */
@NullMarked
package dev.wrtfarm.bench.figure;

import org.jspecify.annotations.NullMarked;
