/** The edge that flash agents call. */
@NullMarked
package dev.wrtfarm.api.agent;

import org.jspecify.annotations.NullMarked;
