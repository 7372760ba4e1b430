/** What the tests share. */
@NullMarked
package dev.wrtfarm.worker.testing;

import org.jspecify.annotations.NullMarked;
