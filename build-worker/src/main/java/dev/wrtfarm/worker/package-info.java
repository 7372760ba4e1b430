/** The build worker: claims a build, runs the line of stages, publishes what came out. */
@NullMarked
package dev.wrtfarm.worker;

import org.jspecify.annotations.NullMarked;
