@NullMarked
package dev.wrtfarm.cli.flash;

import org.jspecify.annotations.NullMarked;
