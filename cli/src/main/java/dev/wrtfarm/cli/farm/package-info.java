/** A farm on this machine: start it, watch it, stop it. */
@NullMarked
package dev.wrtfarm.cli.farm;

import org.jspecify.annotations.NullMarked;
