/** Writing and verifying a card beside dd. */
@NullMarked
package dev.wrtfarm.bench.flash;

import org.jspecify.annotations.NullMarked;
