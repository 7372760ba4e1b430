/** The messages between a flash agent and the farm: {@code /api/agent/v1}. */
@NullMarked
package dev.wrtfarm.common.agent;

import org.jspecify.annotations.NullMarked;
