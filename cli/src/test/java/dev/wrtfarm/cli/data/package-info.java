@NullMarked
package dev.wrtfarm.cli.data;

import org.jspecify.annotations.NullMarked;
