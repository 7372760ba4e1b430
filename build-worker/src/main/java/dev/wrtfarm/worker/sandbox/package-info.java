/** Runs one command without network, host files or privileges, within limits. */
@NullMarked
package dev.wrtfarm.worker.sandbox;

import org.jspecify.annotations.NullMarked;
