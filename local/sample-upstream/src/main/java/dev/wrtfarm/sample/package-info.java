/** A small download server for demos and tests: its tree, and the server of it. */
@NullMarked
package dev.wrtfarm.sample;

import org.jspecify.annotations.NullMarked;
