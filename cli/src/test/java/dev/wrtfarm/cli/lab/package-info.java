@NullMarked
package dev.wrtfarm.cli.lab;

import org.jspecify.annotations.NullMarked;
