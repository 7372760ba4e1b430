@NullMarked
package dev.wrtfarm.cli.output;

import org.jspecify.annotations.NullMarked;
