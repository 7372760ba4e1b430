/** How a wish becomes a request: reuse, attach, queue; idempotency and cancelling. */
@NullMarked
package dev.wrtfarm.api.submission;

import org.jspecify.annotations.NullMarked;
