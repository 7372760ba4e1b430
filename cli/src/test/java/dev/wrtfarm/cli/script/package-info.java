@NullMarked
package dev.wrtfarm.cli.script;

import org.jspecify.annotations.NullMarked;
