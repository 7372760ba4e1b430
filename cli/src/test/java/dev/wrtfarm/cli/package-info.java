@NullMarked
package dev.wrtfarm.cli;

import org.jspecify.annotations.NullMarked;
