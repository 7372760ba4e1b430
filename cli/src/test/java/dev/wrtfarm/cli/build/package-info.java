@NullMarked
package dev.wrtfarm.cli.build;

import org.jspecify.annotations.NullMarked;
