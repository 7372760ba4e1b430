/** Everything once, in a throw-away farm. */
@NullMarked
package dev.wrtfarm.cli.demo;

import org.jspecify.annotations.NullMarked;
