/** First stage: find, check, download and extract the Image Builder. */
@NullMarked
package dev.wrtfarm.worker.fetch;

import org.jspecify.annotations.NullMarked;
