/** Fifth stage: is what came out what was expected? */
@NullMarked
package dev.wrtfarm.worker.verify;

import org.jspecify.annotations.NullMarked;
