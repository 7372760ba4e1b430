/** One attempt at a build: what every stage gets, and the ways in which it ends early. */
@NullMarked
package dev.wrtfarm.worker.attempt;

import org.jspecify.annotations.NullMarked;
