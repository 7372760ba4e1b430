/** Processes are killed, stopped and starved, and nothing accepted is lost or done twice. */
@NullMarked
package dev.wrtfarm.system.fault;

import org.jspecify.annotations.NullMarked;
