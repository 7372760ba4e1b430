/**
 * The job protocol: claim, lease, resolution, and every end that a worker or its silence brings.
 */
@NullMarked
package dev.wrtfarm.api.lease;

import org.jspecify.annotations.NullMarked;
